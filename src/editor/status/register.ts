import * as vscode from 'vscode';
import type { CollectorState } from '../collector/collectorState';
import { commands } from '../contributions';
import { showStatus } from './showStatus';
import { statusText, type StatusText } from './statusText';

/** The status bar item, where spans are received and how many traces there are, and all about it on demand. */
export function registerStatus(context: vscode.ExtensionContext, state: CollectorState): void {
  const item = vscode.window.createStatusBarItem('causeway.status', vscode.StatusBarAlignment.Right, 50);
  item.name = 'Causeway';
  item.command = commands.showStatus;
  let shown = '';
  const update = () => {
    const status = statusText(state, Date.now());
    // Counts change ten times a second: a hover that is open is not drawn anew for the same words.
    const now = JSON.stringify(status);
    if (now === shown) return;
    shown = now;
    item.text = status.text;
    item.tooltip = hover(status);
    item.accessibilityInformation = { label: spoken(status), role: 'button' };
    item.backgroundColor = status.problem
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    item.color = status.problem ? new vscode.ThemeColor('statusBarItem.warningForeground') : undefined;
  };
  update();
  item.show();
  context.subscriptions.push(
    item,
    state.onDidChange(update),
    vscode.commands.registerCommand(commands.showStatus, () => showStatus(state)),
  );
}

/** Sentences may name a foreign program: they are set as text. The table holds our own words and numbers. */
function hover({ lines, rows }: StatusText): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  for (const line of lines) text.appendText(line).appendMarkdown('  \n');
  if (rows.length === 0) return text;
  const table = rows.map(
    ({ label, value, warning }) => `| ${warning ? '$(warning) ' : ''}${label} | ${value} |`,
  );
  return text.appendMarkdown(['\n| | |', '|:--|:--|', ...table].join('\n'));
}

function spoken({ lines, rows }: StatusText): string {
  const facts = rows.map(({ label, value, warning }) => `${warning ? 'Warning: ' : ''}${label}: ${value}`);
  return `Causeway: ${[...lines, ...facts].join(', ')}`;
}
