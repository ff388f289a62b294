import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import { commands } from '../contributions';
import { LogsPanel } from './logsPanel';

const viewType = 'causeway.logs';

/** Show Logs: all stored log records in an editor tab, which comes back after a reload of the window. */
export function registerLogs(
  context: vscode.ExtensionContext,
  deps: {
    client: CollectorClient;
    log: vscode.LogOutputChannel;
    openTrace: (traceId: string, spanId?: string) => Promise<void>;
  },
): void {
  let open: LogsPanel | undefined;
  const adopt = (panel: vscode.WebviewPanel) => {
    open?.dispose();
    const mine = new LogsPanel(panel, context.extensionUri, deps);
    open = mine;
    panel.onDidDispose(() => {
      mine.release();
      if (open === mine) open = undefined;
    });
  };
  context.subscriptions.push(
    { dispose: () => open?.release() },
    vscode.commands.registerCommand(commands.showLogs, () => {
      if (open) open.show();
      else adopt(vscode.window.createWebviewPanel(viewType, 'Logs', vscode.ViewColumn.Active));
    }),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: panel => {
        adopt(panel);
        return Promise.resolve();
      },
    }),
  );
}
