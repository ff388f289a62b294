import type {
  ClientMessage,
  CollectorEvent,
  CollectorSettings,
  MethodName,
  Params,
} from '../protocol/collectorProtocol';
import { defaultGraceMs } from '../protocol/collectorArguments';
import { attach, type Attachment } from './attach';
import type { Answer, RequestOptions } from './connection';
import { type Disposable, Listeners } from './listeners';
import { RequestError } from './requestError';

export interface ClientOptions {
  /** Absolute; made where it does not exist. */
  readonly dataDir: string;
  /** What a collector that is started here gets. One that runs already keeps its own until `configure`. */
  readonly settings: CollectorSettings;
  /** See CollectorProgram. */
  readonly execPath: string;
  readonly collectorPath: string;
  /** Version of this program; an older collector is asked to leave, see isNewerVersion. */
  readonly version: string;
  readonly client: Extract<ClientMessage, { type: 'hello' }>['client'];
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** Start a collector where none answers, and again when it ends. */
  readonly autoStart: boolean;
  /** Wants events; default true. */
  readonly subscribe?: boolean;
  /** How long a collector started here stays without clients, ms. */
  readonly graceMs?: number;
}

/**
 * What a client tells of its connection. After `disconnected` it goes on trying (except after `protocol`); each loss
 * and each reason it cannot connect is told once, not once an attempt.
 */
export type ClientState =
  | { readonly state: 'connecting' }
  | {
      readonly state: 'connected';
      readonly version: string;
      readonly pid: number;
    }
  | {
      readonly state: 'disconnected';
      /**
       * `crashed`: it ended without a word. `left`: it said so (restart, upgrade). `protocol`: it is newer and speaks
       * another protocol. `cannot-start`, `not-running`: nobody answers.
       */
      readonly reason: 'crashed' | 'left' | 'protocol' | 'cannot-start' | 'not-running';
      /** One sentence for the user. */
      readonly message: string;
    };

/** The collector as the rest of a program sees it: one object for its whole life, whatever becomes of the process. */
export interface CollectorClient extends Disposable {
  readonly state: ClientState;
  /**
   * Asks the collector; waits for a connection that is being made. Where none can be made now (`disconnected`), it
   * fails at once.
   * @throws RequestError
   */
  request<M extends MethodName>(method: M, params: Params<M>, options?: RequestOptions): Promise<Answer<M>>;
  onEvent(listener: (event: CollectorEvent) => void): Disposable;
  /** Tries to connect now, where it would wait before the next attempt or has given up. */
  retry(): void;
  /** Hears every change of `state`. */
  onState(listener: (state: ClientState) => void): Disposable;
}

const firstRetryMs = 250;
const lastRetryMs = 30_000;
/** A collector that ends sooner than this after it was reached counts as one more failed attempt. */
const steadyAfterMs = 10_000;

/** Finds or starts the collector of a data folder and stays with it until disposed of. */
export function connectCollector(options: ClientOptions): CollectorClient {
  const client = new ReconnectingClient(options);
  client.retry();
  return client;
}

class ReconnectingClient implements CollectorClient {
  state: ClientState = { state: 'connecting' };

  private settings: CollectorSettings;
  private attachment: Attachment | undefined;
  private running = false;
  /** Ends the pause before the next attempt. */
  private wake: () => void = () => undefined;
  private readonly disposed = new AbortController();
  private readonly events: Listeners<CollectorEvent>;
  private readonly states: Listeners<ClientState>;

  constructor(private readonly options: ClientOptions) {
    this.settings = options.settings;
    const report = (error: unknown): void => options.log('error', `listener failed: ${describe(error)}`);
    this.events = new Listeners(report);
    this.states = new Listeners(report);
  }

  retry(): void {
    this.wake();
    if (this.running || this.isDisposed()) return;
    this.running = true;
    void this.run().finally(() => (this.running = false));
  }

  /** Attaches again and again until disposed of, or until a newer collector will not talk to this client. */
  private async run(): Promise<void> {
    let retryMs = firstRetryMs;
    /** An upgrade is under way elsewhere: let the newer client start its collector first. */
    let letOthersStart = false;
    while (!this.isDisposed()) {
      const result = await this.attach(letOthersStart);
      if (this.isDisposed()) return result.attachment?.connection.close();
      letOthersStart = false;
      if (result.attachment) {
        const since = Date.now();
        await this.stayWith(result.attachment);
        letOthersStart = result.attachment.connection.leavingReason?.startsWith('upgrade') ?? false;
        if (Date.now() - since >= steadyAfterMs || result.attachment.connection.leavingReason !== undefined) {
          retryMs = firstRetryMs;
          continue;
        }
      } else {
        this.become({ state: 'disconnected', reason: result.reason, message: result.message });
        if (result.reason === 'protocol') return;
      }
      await this.pause(retryMs);
      retryMs = Math.min(retryMs * 2, lastRetryMs);
    }
  }

  async request<M extends MethodName>(
    method: M,
    params: Params<M>,
    options: RequestOptions = {},
  ): Promise<Answer<M>> {
    const timeoutMs = options.timeoutMs ?? 30_000;
    const start = Date.now();
    const attachment = this.attachment ?? (await this.untilConnected(timeoutMs, options.signal));
    const left = Math.max(1, timeoutMs - (Date.now() - start));
    const answer = await attachment.connection.request(method, params, { ...options, timeoutMs: left });
    // A collector that is started later must come up as this one was last told to be.
    if (isConfigure(method, params)) this.settings = params;
    return answer;
  }

  onEvent(listener: (event: CollectorEvent) => void): Disposable {
    return this.events.add(listener);
  }

  onState(listener: (state: ClientState) => void): Disposable {
    return this.states.add(listener);
  }

  dispose(): void {
    this.events.clear();
    this.states.clear();
    this.disposed.abort();
    this.attachment?.connection.close();
    this.attachment = undefined;
  }

  private isDisposed(): boolean {
    return this.disposed.signal.aborted;
  }

  private attach(letOthersStart: boolean): ReturnType<typeof attach> {
    const { log } = this.options;
    return attach({
      ...this.options,
      settings: this.settings,
      subscribe: this.options.subscribe ?? true,
      graceMs: this.options.graceMs ?? defaultGraceMs,
      onEvent: event => this.events.fire(event),
      signal: this.disposed.signal,
      letOthersStart,
    }).catch((error: unknown) => {
      log('error', describe(error));
      return {
        reason: 'cannot-start' as const,
        message: `The collector could not be started: ${describe(error)}`,
      };
    });
  }

  private async stayWith(attachment: Attachment): Promise<void> {
    const { connection } = attachment;
    this.attachment = attachment;
    this.become({ state: 'connected', version: connection.welcome.version, pid: connection.welcome.pid });
    const cause = await connection.closed;
    this.attachment = undefined;
    if (this.isDisposed()) return;
    const { leavingReason } = connection;
    if (leavingReason === undefined) {
      const message = 'The collector ended unexpectedly.';
      this.options.log('error', cause ? `${message} ${cause.message}` : message);
      this.become({ state: 'disconnected', reason: 'crashed', message });
    } else {
      this.become({
        state: 'disconnected',
        reason: 'left',
        message: `The collector ended: ${leavingReason}.`,
      });
    }
    if (this.options.autoStart) this.become({ state: 'connecting' });
  }

  private become(state: ClientState): void {
    const told = this.state;
    if (told.state === 'disconnected' && state.state === 'disconnected' && told.reason === state.reason)
      return;
    this.state = state;
    this.states.fire(state);
  }

  private untilConnected(timeoutMs: number, signal: AbortSignal | undefined): Promise<Attachment> {
    return new Promise((resolve, reject) => {
      const settle = (error: RequestError | undefined): void => {
        clearTimeout(timer);
        heard.dispose();
        signal?.removeEventListener('abort', onAbort);
        this.disposed.signal.removeEventListener('abort', onAbort);
        if (error) reject(error);
        else if (this.attachment) resolve(this.attachment);
      };
      const check = (): void => {
        const { state } = this;
        if (state.state === 'connected') settle(undefined);
        // A collector that has just ended is being started again: that is worth waiting for.
        else if (state.state === 'disconnected' && !(this.options.autoStart && isLoss(state.reason)))
          settle(new RequestError('unavailable', state.message));
      };
      const onAbort = (): void => settle(new RequestError('cancelled', 'The request was cancelled.'));
      const heard = this.onState(check);
      const timer = setTimeout(
        () => settle(new RequestError('unavailable', 'The collector does not answer.')),
        timeoutMs,
      );
      signal?.addEventListener('abort', onAbort);
      this.disposed.signal.addEventListener('abort', onAbort);
      if (signal?.aborted || this.isDisposed()) onAbort();
      else check();
    });
  }

  private pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const done = (): void => {
        clearTimeout(timer);
        this.wake = () => undefined;
        this.disposed.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = done;
      this.disposed.signal.addEventListener('abort', done);
      if (this.isDisposed()) done();
    });
  }
}

/** It was there and ended, in contrast to: it cannot be had. */
function isLoss(reason: Extract<ClientState, { state: 'disconnected' }>['reason']): boolean {
  return reason === 'crashed' || reason === 'left';
}

function isConfigure(method: MethodName, params: unknown): params is CollectorSettings {
  return method === 'configure' && params !== undefined;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
