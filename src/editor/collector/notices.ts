import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import type { Notice } from '../../protocol/collectorProtocol';
import { commands } from '../contributions';
import type { CollectorState } from './collectorState';

const shownKey = 'causeway.shownNotices';
const lossSilenceMillis = 60_000;

/** Tells the user what a collector has to say: each notice once while it runs, in the window that is looked at. */
export function registerNotices(
  context: vscode.ExtensionContext,
  { client, state }: { client: CollectorClient; state: CollectorState },
): void {
  const show = () => {
    if (!vscode.window.state.focused) return;
    const shown = new Set(context.globalState.get<string[]>(shownKey, []));
    const { pid, notices } = state.status ?? { notices: [] };
    for (const notice of notices) {
      const key = `${pid} ${notice.id}`;
      if (shown.has(key)) continue;
      shown.add(key);
      void context.globalState.update(shownKey, [...shown].slice(-100));
      void tell(notice);
    }
  };
  let lastLoss = 0;
  context.subscriptions.push(
    state.onDidChange(show),
    vscode.window.onDidChangeWindowState(show),
    client.onState(now => {
      if (now.state !== 'disconnected' || now.reason === 'left') return;
      // One that crashes again and again is told of once.
      const again = Date.now() - lastLoss < lossSilenceMillis;
      lastLoss = Date.now();
      if (again) return;
      const hope = now.reason === 'crashed' ? ' It is being started again; stored traces are kept.' : '';
      void tell({ id: now.reason, severity: 'warning', message: now.message + hope, action: 'showLog' });
    }),
  );
}

async function tell(notice: Notice): Promise<void> {
  const messages = {
    info: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  };
  const actions = { showLog: 'Show Log', openSettings: 'Open Settings', none: undefined };
  const action = actions[notice.action];
  const choice = await messages[notice.severity](notice.message, ...(action === undefined ? [] : [action]));
  if (choice === 'Show Log') await vscode.commands.executeCommand(commands.showLog);
  if (choice === 'Open Settings') await vscode.commands.executeCommand(commands.openSettings);
}
