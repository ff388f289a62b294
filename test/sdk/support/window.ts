import {
  connectCollector,
  type ClientOptions,
  type ClientState,
  type CollectorClient,
} from '../../../src/client/collectorClient';
import { defaultSettings } from '../../../src/protocol/collectorArguments';
import type { CollectorEvent, Status, TraceSummary } from '../../../src/protocol/collectorProtocol';
import type { DataFolder } from './dataFolder';
import type { Programs } from './programs';

/** A client as an editor window is one, with all it has heard. */
export class Window {
  readonly client: CollectorClient;
  readonly states: ClientState[] = [];
  readonly events: CollectorEvent[] = [];
  readonly log: string[] = [];
  private readonly wakers = new Set<() => void>();

  constructor({ collector, version }: Programs, folder: DataFolder, options: Partial<ClientOptions> = {}) {
    this.client = connectCollector({
      dataDir: folder.path,
      settings: { ...defaultSettings, httpPort: 0, grpcPort: 0 },
      execPath: process.execPath,
      collectorPath: collector,
      version,
      client: 'test',
      log: (level, message) => this.log.push(`${level} ${message}`),
      autoStart: true,
      graceMs: 300,
      ...options,
    });
    this.client.onState(state => {
      this.states.push(state);
      this.wake();
    });
    this.client.onEvent(event => {
      this.events.push(event);
      this.wake();
    });
  }

  async status(): Promise<Status> {
    return (await this.client.request('status', {})).result;
  }

  async traces(): Promise<TraceSummary[]> {
    return (await this.client.request('traces', { limit: 1000 })).result.traces;
  }

  /** The address to export to, once it is listened on. */
  async http(): Promise<string> {
    const { http } = await this.status();
    if (http.state !== 'listening') throw new Error(JSON.stringify(http));
    return `http://127.0.0.1:${http.port}/v1/traces`;
  }

  /** Waits until what was heard fulfils `test`. @throws after ten seconds, with what was heard */
  async until(test: (window: this) => boolean, what: string): Promise<void> {
    for (const deadline = Date.now() + 10_000; !test(this);) {
      const left = deadline - Date.now();
      if (left <= 0)
        throw new Error(
          `waited in vain for ${what}: ${JSON.stringify([this.states, this.events, this.log])}`,
        );
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left);
        this.wakers.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** The summaries of the traces that `changed` events told of, newest state. */
  get live(): Map<string, TraceSummary> {
    const live = new Map<string, TraceSummary>();
    for (const event of this.events) {
      if (event.event === 'cleared') live.clear();
      if (event.event !== 'changed') continue;
      for (const trace of event.traces) live.set(trace.traceId, trace);
      for (const traceId of event.removed) live.delete(traceId);
    }
    return live;
  }

  close(): void {
    this.client.dispose();
  }

  private wake(): void {
    for (const waker of this.wakers) waker();
    this.wakers.clear();
  }
}
