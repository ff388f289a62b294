import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import { jsonExportLimit, type FromWebview } from '../../protocol/waterfallProtocol';
import { traceAsJson } from './traceAsJson';

/** Opens a trace as an untitled JSON document, or copies it; says so where not all of it fits. */
export async function exportJson(
  client: Pick<CollectorClient, 'request'>,
  traceId: string,
  { to, correctSkew }: Extract<FromWebview, { type: 'exportJson' }>,
): Promise<void> {
  const { text, spans, total } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Writing the trace as JSON' },
    () => traceAsJson(client, { traceId, correctSkew }, jsonExportLimit),
  );
  if (to === 'clipboard') {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(`Copied ${spans.toLocaleString()} spans as JSON`, 2000);
  } else {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: text });
    await vscode.window.showTextDocument(document, { preview: false });
  }
  if (spans < total)
    void vscode.window.showInformationMessage(
      `These are the first ${spans.toLocaleString()} of ${total.toLocaleString()} spans of the trace.`,
    );
}
