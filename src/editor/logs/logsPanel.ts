import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import { complaint } from '../../protocol/complaint';
import { fromLogsWebview, type FromLogsWebview, type ToLogsWebview } from '../../protocol/logsProtocol';
import { commands } from '../contributions';
import { setUpWebview } from '../setUpWebview';

interface LogsPanelDeps {
  readonly client: Pick<CollectorClient, 'request' | 'onEvent' | 'onState'>;
  readonly log: Pick<vscode.LogOutputChannel, 'warn' | 'error'>;
  readonly openTrace: (traceId: string, spanId?: string) => Promise<void>;
}

/** The tab that lists all stored log records: answers its webview, and tells it when there are more or fewer. */
export class LogsPanel {
  /** The webview has said `ready` and was not hidden since: a hidden one has no page to send to. */
  private ready = false;
  private logCount: number | undefined;
  private readonly subscriptions: readonly { dispose(): void }[];

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly deps: LogsPanelDeps,
  ) {
    const { client } = deps;
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => this.onMessage(message)),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.ready = false;
      }),
      client.onEvent(event => {
        if (event.event === 'changed') this.count(event.logCount);
        if (event.event === 'cleared') this.count(0);
        if (event.event === 'status') this.count(event.status.logCount);
      }),
      client.onState(state => {
        if (state.state === 'connected') void this.recount();
      }),
    ];
    setUpWebview(panel, extensionUri, { name: 'logs', title: 'Logs' });
  }

  show(): void {
    this.panel.reveal();
  }

  /** Stops listening; the tab stays. */
  release(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  dispose(): void {
    this.release();
    this.panel.dispose();
  }

  private count(logCount: number): void {
    const before = this.logCount;
    this.logCount = logCount;
    if (before !== undefined && logCount !== before) this.post({ type: 'changed', logCount });
  }

  private async recount(): Promise<void> {
    try {
      this.count((await this.deps.client.request('status', {})).result.logCount);
    } catch (error) {
      this.deps.log.warn(`The number of log records could not be read: ${String(error)}`);
    }
  }

  private onMessage(data: unknown): void {
    const message = fromLogsWebview.safeParse(data);
    if (!message.success)
      this.deps.log.warn(`Logs: a message was not understood: ${complaint(message.error)}`);
    else
      this.answer(message.data).catch((error: unknown) => {
        this.deps.log.error(`Logs: ${message.data.type} failed: ${String(error)}`);
        void vscode.window.showErrorMessage('That did not work. The Causeway log says why.');
      });
  }

  private async answer(message: FromLogsWebview): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        // What is there when the page opens is no news to it.
        this.logCount = undefined;
        return this.recount();
      case 'getLogs':
        return this.sendLogs(message);
      case 'openTrace':
        return this.deps.openTrace(message.traceId, message.spanId);
      case 'copyEnvironment':
        return vscode.commands.executeCommand(commands.copyEnvironment);
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`Copied ${message.what.slice(0, 60)}`, 2000);
    }
  }

  private async sendLogs(asked: Extract<FromLogsWebview, { type: 'getLogs' }>): Promise<void> {
    const { requestId, before, minSeverity, limit } = asked;
    try {
      const { result } = await this.deps.client.request('logs', {
        limit,
        ...(before === undefined ? {} : { before }),
        ...(minSeverity === undefined ? {} : { minSeverity }),
      });
      this.post({ type: 'logs', requestId, page: result });
    } catch (error) {
      this.deps.log.warn(`Log records could not be read: ${String(error)}`);
      const message = error instanceof Error ? error.message : 'The collector did not answer.';
      this.post({ type: 'failed', requestId, message });
    }
  }

  private post(message: ToLogsWebview): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }
}
