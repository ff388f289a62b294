import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import type { SourceNavigator } from '../source/sourceNavigator';
import { commands } from '../contributions';
import type { Node } from '../traces/nodes';
import { chosenTraces } from './chosenTraces';
import { deleteTraces } from './deleteTraces';
import { pinTraces } from './pinTraces';

/** What can be done with rows of the Traces view: open the waterfall, go to the source line, pin and delete traces. */
export function registerTraceActions(
  context: vscode.ExtensionContext,
  deps: {
    client: CollectorClient;
    waterfall: { open(traceId: string, spanId?: string): Promise<void> };
    source: SourceNavigator;
    /** What is selected in the Traces view. */
    selection: () => readonly Node[];
    log: vscode.LogOutputChannel;
  },
): void {
  const { client, waterfall, source, selection, log } = deps;
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.openWaterfall, async (node: Node) => {
      if (node.kind === 'trace') await waterfall.open(node.traceId);
      if (node.kind === 'span') await waterfall.open(node.traceId, node.spanId);
    }),
    vscode.commands.registerCommand(commands.goToSource, async (node: Node) => {
      if (node.kind !== 'span') return;
      try {
        const { result } = await client.request('span', { traceId: node.traceId, spanId: node.spanId });
        await source.open(result.span, 'top');
      } catch (error) {
        log.error(`Span ${node.spanId} could not be read: ${String(error)}`);
        void vscode.window.showErrorMessage(
          'The span could not be read from the collector. The log says why.',
        );
      }
    }),
    vscode.commands.registerCommand(commands.pinTrace, (node?: Node) =>
      pinTraces(chosenTraces(node, selection()), true, { client, log }),
    ),
    vscode.commands.registerCommand(commands.unpinTrace, (node?: Node) =>
      pinTraces(chosenTraces(node, selection()), false, { client, log }),
    ),
    vscode.commands.registerCommand(commands.deleteTrace, (node?: Node) =>
      deleteTraces(chosenTraces(node, selection()), { client, log }),
    ),
  );
}
