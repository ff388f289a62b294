import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import { commands, views } from '../contributions';
import { collectorSettings } from '../settings';
import type { CollectorState } from './collectorState';
import { registerNotices } from './notices';
import { registerPortMessages } from './portMessages';
import { restartCollector } from './restartCollector';
import { tailOfFile } from './tailOfFile';

/** The commands about the collector itself, its settings, and what it has to tell the user. */
export function registerCollector(
  context: vscode.ExtensionContext,
  deps: { client: CollectorClient; state: CollectorState; log: vscode.LogOutputChannel },
): void {
  const { client, state, log } = deps;
  const configure = async () => {
    try {
      state.set((await client.request('configure', collectorSettings())).result);
    } catch (error) {
      log.error(`The settings could not be applied: ${String(error)}`);
      void vscode.window.showErrorMessage('The collector did not take the new settings. The log says why.');
    }
  };
  registerNotices(context, { client, state });
  registerPortMessages(context, state, configure);
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(change => {
      if (
        change.affectsConfiguration('causeway.collector') ||
        change.affectsConfiguration('causeway.retention')
      )
        void configure();
    }),
    vscode.commands.registerCommand(commands.clearTraces, () => clearTraces(client, state)),
    vscode.commands.registerCommand(commands.restartCollector, () => restart(client, log)),
    vscode.commands.registerCommand(commands.showLog, () => showLog(state, log)),
    vscode.commands.registerCommand(commands.openSettings, () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:causeway.causeway'),
    ),
  );
}

async function clearTraces(client: CollectorClient, state: CollectorState): Promise<void> {
  const { traceCount = 0, spanCount = 0 } = state.status ?? {};
  const what = `${traceCount.toLocaleString('en')} traces with ${spanCount.toLocaleString('en')} spans`;
  const choice = await vscode.window.showWarningMessage(
    `Clear all stored traces?`,
    { modal: true, detail: `${what} are deleted from disk, for all windows. This cannot be undone.` },
    'Clear',
  );
  if (choice !== 'Clear') return;
  try {
    const { result } = await client.request('clear', {});
    vscode.window.setStatusBarMessage(`$(check) ${result.traces.toLocaleString('en')} traces cleared`, 4000);
  } catch (error) {
    void vscode.window.showErrorMessage(`The traces could not be cleared: ${String(error)}`);
  }
}

async function restart(client: CollectorClient, log: vscode.LogOutputChannel): Promise<void> {
  await vscode.window.withProgress(
    { location: { viewId: views.traces }, title: 'Restarting the collector' },
    async () => {
      try {
        await restartCollector(client);
      } catch (error) {
        log.error(`The collector could not be restarted: ${String(error)}`);
        void vscode.window.showErrorMessage('The collector could not be restarted. The log says why.');
      }
    },
  );
}

async function showLog(state: CollectorState, log: vscode.LogOutputChannel): Promise<void> {
  log.show(true);
  const file = state.status?.logFile;
  if (file === undefined) return;
  log.info(`The collector's log, ${file}, ends with:\n${await tailOfFile(file)}`);
}
