import * as vscode from 'vscode';
import type { CollectorState } from '../collector/collectorState';
import { commands } from '../contributions';

/** The status bar item: where spans are received and how many traces there are. */
export function registerStatusBar(context: vscode.ExtensionContext, state: CollectorState): void {
  const item = vscode.window.createStatusBarItem('causeway.status', vscode.StatusBarAlignment.Right, 50);
  item.name = 'Causeway';
  item.command = commands.showStatus;
  const update = () => {
    const { text, tooltip, problem } = describe(state);
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: `Causeway: ${tooltip}`, role: 'button' };
    item.backgroundColor = problem ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.color = problem ? new vscode.ThemeColor('statusBarItem.warningForeground') : undefined;
  };
  update();
  item.show();
  context.subscriptions.push(item, state.onDidChange(update));
}

function describe(state: CollectorState): { text: string; tooltip: string; problem: boolean } {
  const { status, ports } = state;
  if (state.problem !== undefined)
    return { text: '$(warning) Causeway', tooltip: `No collector: ${state.problem}`, problem: true };
  if (status === undefined)
    return { text: '$(loading~spin) Causeway', tooltip: 'The collector is starting', problem: false };
  const failed = [status.http, status.grpc].filter(receiver => receiver.state === 'failed');
  const port = ports.http ?? ports.grpc;
  const count = status.traceCount.toLocaleString('en');
  const lines = [
    ports.http === undefined ? 'OTLP over HTTP: not received' : `OTLP over HTTP on port ${ports.http}`,
    ports.grpc === undefined ? 'OTLP over gRPC: not received' : `OTLP over gRPC on port ${ports.grpc}`,
    `${count} traces, ${status.spanCount.toLocaleString('en')} spans stored`,
    ...failed.map(receiver => receiver.message),
  ];
  return {
    text: `$(${failed.length > 0 ? 'warning' : 'pulse'}) ${port === undefined ? 'no port' : `:${port}`} · ${count}`,
    tooltip: lines.join('\n'),
    problem: failed.length > 0,
  };
}
