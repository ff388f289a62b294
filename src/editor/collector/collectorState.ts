import * as vscode from 'vscode';
import type { CollectorClient } from '../../client/collectorClient';
import type { ReceiverState, Status } from '../../protocol/collectorProtocol';
import { setContextKey } from '../contextKey';
import type { OtlpPorts } from '../environment/otlpEnvironment';

/** How long after a change of the counts the rest of the status is read again, ms. */
const refreshMillis = 2000;

/** What the editor knows of its collector: connection and last status; feeds context keys, status bar and welcome. */
export class CollectorState implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly connectedEmitter = new vscode.EventEmitter<void>();
  private readonly subscriptions: readonly { dispose(): void }[];
  private refreshing: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChange = this.changed.event;
  readonly onDidConnect = this.connectedEmitter.event;
  status: Status | undefined;
  connected = false;

  /** Why there is no collector, one sentence. */
  problem: string | undefined;

  constructor(
    private readonly client: CollectorClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.subscriptions = [
      client.onState(state => {
        this.connected = state.state === 'connected';
        this.problem = state.state === 'disconnected' ? state.message : undefined;
        if (state.state === 'connected') {
          void this.refresh();
          this.connectedEmitter.fire();
        } else {
          this.status = undefined;
        }
        this.publish();
      }),
      client.onEvent(event => {
        if (event.event === 'status') this.set(event.status);
        if (event.event === 'changed') this.count(event.traceCount, event.spanCount, event.logCount);
        if (event.event === 'cleared') this.count(0, 0, 0);
      }),
    ];
    this.publish();
  }

  get ready(): boolean {
    return this.ports.http !== undefined || this.ports.grpc !== undefined;
  }

  get ports(): OtlpPorts {
    return { http: listening(this.status?.http), grpc: listening(this.status?.grpc) };
  }

  get defaultPorts(): boolean {
    return this.ports.http === 4318;
  }

  set(status: Status): void {
    this.status = status;
    this.publish();
  }

  private count(traceCount: number, spanCount: number, logCount: number): void {
    if (this.status === undefined) return;
    this.set({ ...this.status, traceCount, spanCount, logCount });
    // Bytes and ages come with no event; what was counted says that they have changed.
    this.refreshing ??= setTimeout(() => {
      this.refreshing = undefined;
      if (this.connected) void this.refresh();
    }, refreshMillis);
  }

  async refresh(): Promise<void> {
    try {
      this.set((await this.client.request('status', {})).result);
    } catch (error) {
      this.log.warn(`The collector's status could not be read: ${String(error)}`);
    }
  }

  dispose(): void {
    clearTimeout(this.refreshing);
    for (const held of [...this.subscriptions, this.changed, this.connectedEmitter]) held.dispose();
  }

  private publish(): void {
    setContextKey('causeway.state', this.contextState());
    setContextKey('causeway.defaultPorts', this.defaultPorts);
    this.changed.fire();
  }

  private contextState(): 'starting' | 'ready' | 'portTaken' | 'failed' {
    if (this.problem !== undefined) return 'failed';
    if (this.status === undefined) return 'starting';
    return this.ready ? 'ready' : 'portTaken';
  }
}

function listening(receiver: ReceiverState | undefined): number | undefined {
  return receiver?.state === 'listening' ? receiver.port : undefined;
}
