import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import type { SourceNavigator } from '../source/sourceNavigator';
import { commands } from '../contributions';
import type { Node } from '../traces/nodes';

/** What can be done with a row of the Traces view: open its waterfall, go to its source line. */
export function registerTraceActions(
  context: vscode.ExtensionContext,
  deps: {
    client: CollectorClient;
    waterfall: { open(traceId: string, spanId?: string): Promise<void> };
    source: SourceNavigator;
    log: vscode.LogOutputChannel;
  },
): void {
  const { client, waterfall, source, log } = deps;
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
  );
}
