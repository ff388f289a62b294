import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import { counted } from '../text/counted';
import type { TraceNode } from '../traces/nodes';

/** Lets retention keep traces, or no longer; the collector tells all windows of it. */
export async function pinTraces(
  nodes: readonly TraceNode[],
  pinned: boolean,
  { client, log }: { client: CollectorClient; log: vscode.LogOutputChannel },
): Promise<void> {
  const failures: string[] = [];
  for (const { traceId, summary } of nodes) {
    if (summary.pinned === pinned) continue;
    try {
      await client.request('pin', { traceId, pinned });
    } catch (error) {
      failures.push(`${traceId}: ${String(error)}`);
    }
  }
  if (failures.length === 0) return;
  const what = pinned ? 'pinned' : 'unpinned';
  log.error(`Traces could not be ${what}:\n${failures.join('\n')}`);
  void vscode.window.showErrorMessage(
    `${counted(failures.length, 'trace')} could not be ${what}. The log says why.`,
  );
}
