import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import { counted } from '../text/counted';
import type { TraceNode } from '../traces/nodes';
import { deletionQuestion } from './deletionQuestion';

/** One request of the collector protocol names no more. */
const mostAtOnce = 10_000;

/** Takes traces out of the store for good, after asking. */
export async function deleteTraces(
  nodes: readonly TraceNode[],
  { client, log }: { client: CollectorClient; log: vscode.LogOutputChannel },
): Promise<void> {
  if (nodes.length === 0) {
    vscode.window.setStatusBarMessage(
      '$(info) Select a trace to delete it; spans go with their trace.',
      4000,
    );
    return;
  }
  const { message, detail } = deletionQuestion(nodes.map(node => node.summary));
  const choice = await vscode.window.showWarningMessage(message, { modal: true, detail }, 'Delete');
  if (choice !== 'Delete') return;
  const ids = nodes.map(node => node.traceId);
  let deleted = 0;
  try {
    for (let from = 0; from < ids.length; from += mostAtOnce) {
      const { result } = await client.request('delete', { traceIds: ids.slice(from, from + mostAtOnce) });
      deleted += result.traces;
    }
    vscode.window.setStatusBarMessage(`$(check) ${counted(deleted, 'trace')} deleted`, 4000);
  } catch (error) {
    log.error(`Of ${ids.length} traces ${deleted} could be deleted: ${String(error)}`);
    void vscode.window.showErrorMessage('Not all of it could be deleted. The log says why.');
  }
}
