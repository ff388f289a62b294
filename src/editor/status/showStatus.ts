import * as vscode from 'vscode';
import type { CollectorState } from '../collector/collectorState';
import { commands } from '../contributions';
import { statusText } from './statusText';

interface ActionItem extends vscode.QuickPickItem {
  readonly command?: string;
}

const actions: readonly ActionItem[] = [
  { label: '$(search) Open Trace…', command: commands.openTrace },
  { label: '$(output) Show Logs', command: commands.showLogs },
  { label: '$(copy) Copy OTLP Environment', command: commands.copyEnvironment },
  { label: '$(clear-all) Clear Traces…', command: commands.clearTraces },
  { label: '$(debug-restart) Restart Collector', command: commands.restartCollector },
  { label: '$(gear) Open Settings', command: commands.openSettings },
  { label: '$(file-text) Show Collector Log', command: commands.showLog },
];

/** The state of the collector as it is now, each fact leading to where it is seen or set, and what can be done. */
export async function showStatus(state: CollectorState): Promise<void> {
  // Memory and what is turned away change without an event.
  if (state.status !== undefined) await state.refresh();
  const { lines, rows } = statusText(state, Date.now());
  const separator = (label: string): ActionItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const facts = rows.map(({ label, value, icon, command }): ActionItem => ({
    label: `$(${icon}) ${label}`,
    description: value,
    command,
  }));
  const choice = await vscode.window.showQuickPick<ActionItem>(
    [...(facts.length === 0 ? [] : [separator('status'), ...facts]), separator('actions'), ...actions],
    { title: 'Causeway', placeHolder: lines.join(' · '), matchOnDescription: true },
  );
  if (choice?.command !== undefined) await vscode.commands.executeCommand(choice.command);
}
