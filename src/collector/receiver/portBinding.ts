import type { ReceiverState } from '../../protocol/collectorProtocol';
import type { Log } from '../log';
import { type Bind, type Bound, errorCode, listenLoopback, nextFreePort } from './listenLoopback';
import { portHolder } from './portHolder';

/** A receiver as the rest of the collector sees it. */
export interface Receiver {
  readonly state: ReceiverState;
  /**
   * Listens on `port` from now on: 0 = any free one, null = none. A port that was listened on before is left. Never
   * rejects.
   */
  configure(port: number | null): Promise<void>;
  /** Stops accepting, lets requests under way finish, and ends. */
  close(): Promise<void>;
}

/** A port that was taken is tried again this often: whoever had it may have ended. */
const defaultRetryMs = 10_000;

/** Keeps a server bound to the port it is told, says why where it cannot be, and tries again by itself. */
export class PortBinding<T> implements Receiver {
  state: ReceiverState = { state: 'off' };

  private wanted: number | null = null;
  private bound: Bound<T>[] = [];
  private retry: NodeJS.Timeout | undefined;
  /** Changes of port run one after the other. */
  private queue: Promise<void> = Promise.resolve();
  private closed = false;

  /** `name` is for messages: "OTLP/HTTP". */
  constructor(
    private readonly name: string,
    private readonly bind: Bind<T>,
    private readonly log: Log,
    private readonly onState: () => void,
    private readonly retryMs = defaultRetryMs,
  ) {}

  configure(port: number | null): Promise<void> {
    return this.enqueue(async () => {
      if (this.closed) return;
      this.wanted = port;
      if (this.state.state === 'listening' && (port === 0 || port === this.state.port)) return;
      await this.unbind();
      if (port === null) this.become({ state: 'off' });
      else await this.tryBind(port);
    });
  }

  close(): Promise<void> {
    return this.enqueue(async () => {
      this.closed = true;
      await this.unbind();
      this.become({ state: 'off' });
    });
  }

  private async tryBind(port: number): Promise<void> {
    try {
      this.bound = await listenLoopback(this.bind, port);
      const actual = this.bound[0]?.port ?? port;
      this.log.write(
        'info',
        this.name,
        `listening on 127.0.0.1${this.bound.length > 1 ? ' and ::1' : ''}, port ${actual}`,
      );
      this.become({ state: 'listening', port: actual });
    } catch (error) {
      const failed = await this.explain(port, error);
      const again = this.state.state === 'failed' && this.state.reason === failed.reason;
      if (!again) this.log.write('error', this.name, `${failed.message} ${String(error)}`);
      this.become(failed);
      if (failed.reason === 'port-taken') this.retryLater(port);
    }
  }

  private async explain(port: number, error: unknown): Promise<Extract<ReceiverState, { state: 'failed' }>> {
    const code = errorCode(error);
    const reason = code === 'EADDRINUSE' ? 'port-taken' : code === 'EACCES' ? 'not-permitted' : 'other';
    const holder = reason === 'port-taken' ? await portHolder(port) : undefined;
    const freePort = await nextFreePort(Math.max(port, 1024)).catch(() => undefined);
    const what = {
      'port-taken': `Port ${port} is taken${holder === undefined ? ' by another program' : ` by ${holder}`}.`,
      'not-permitted': `This user may not listen on port ${port}.`,
      other: `Port ${port} cannot be listened on.`,
    }[reason];
    return {
      state: 'failed',
      port,
      reason,
      message: `${what} ${this.name} spans are not received.`,
      ...(holder === undefined ? {} : { holder }),
      ...(freePort === undefined ? {} : { freePort }),
    };
  }

  private retryLater(port: number): void {
    this.retry = setTimeout(() => {
      void this.enqueue(async () => {
        if (!this.closed && this.wanted === port && this.state.state === 'failed') await this.tryBind(port);
      });
    }, this.retryMs);
    this.retry.unref();
  }

  private async unbind(): Promise<void> {
    clearTimeout(this.retry);
    const bound = this.bound;
    this.bound = [];
    await Promise.all(bound.map(async each => each.close()));
  }

  private become(state: ReceiverState): void {
    const same = JSON.stringify(state) === JSON.stringify(this.state);
    this.state = state;
    if (!same) this.onState();
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work, work).catch((error: unknown) => {
      this.log.write('error', this.name, `unexpected: ${String(error)}`);
    });
    return this.queue;
  }
}
