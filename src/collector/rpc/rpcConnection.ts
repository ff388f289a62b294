import type { Socket } from 'node:net';
import {
  clientMessage,
  type ClientMessage,
  type CollectorEvent,
  type FailureReason,
  type ServerMessage,
} from '../../protocol/collectorProtocol';
import { complaint } from '../../protocol/complaint';
import { FrameDecoder, framePrefix, serverFrameLimits } from '../../protocol/frames';
import type { Log } from '../log';
import { RpcFailure } from './rpcFailure';

export type HelloMessage = Extract<ClientMessage, { type: 'hello' }>;
type RequestMessage = Extract<ClientMessage, { type: 'request' }>;

/** The answer to a request, before it is written. */
export interface RpcAnswer {
  readonly result: unknown;
  readonly body?: Uint8Array;
}

export interface ConnectionOptions {
  /** Welcomes a client or refuses it. */
  readonly onHello: (hello: HelloMessage) => Extract<ServerMessage, { type: 'welcome' | 'refused' }>;
  /** @throws RpcFailure (anything else is a defect: logged, and told as `internal`) */
  readonly answer: (method: string, params: unknown, signal: AbortSignal) => Promise<RpcAnswer>;
  readonly onEnd: () => void;
  readonly log: Log;
}

const helloWithinMs = 5000;
/** Requests of one client that are answered at a time; the others wait, and can be cancelled while they do. */
const maxRunning = 4;
/** Beyond this many waiting requests nothing more is read from the client. */
const maxWaiting = 256;
/** While a client has this many unread bytes, none of its requests is answered and no event is told to it. */
const maxUnreadBytes = 8 * 1024 * 1024;
/** A client that reads nothing of what it asked for this long is gone. */
const stalledAfterMs = 60_000;

/** One client on the local socket. */
export class RpcConnection {
  private hello: HelloMessage | undefined;
  private readonly decoder = new FrameDecoder(serverFrameLimits);
  /** Waiting and running ones. */
  private readonly requests = new Map<number, AbortController>();
  private readonly waiting: { readonly message: RequestMessage; readonly signal: AbortSignal }[] = [];
  private running = 0;

  constructor(
    private readonly socket: Socket,
    private readonly options: ConnectionOptions,
  ) {
    const late = setTimeout(() => socket.destroy(), helloWithinMs);
    socket.on('data', chunk => this.receive(chunk));
    socket.on('drain', () => this.pump());
    socket.on('timeout', () => {
      if (socket.writableLength > 0) socket.destroy();
    });
    socket.setTimeout(stalledAfterMs);
    socket.on('error', error => options.log.write('info', 'rpc', `client connection: ${error.message}`));
    socket.once('close', () => {
      clearTimeout(late);
      for (const request of this.requests.values()) request.abort();
      options.onEnd();
    });
    this.greeted = () => clearTimeout(late);
  }

  get isWelcome(): boolean {
    return this.hello !== undefined && !this.socket.destroyed;
  }

  get isSubscribed(): boolean {
    return this.isWelcome && this.hello?.subscribe === true;
  }

  /** False while the client has not read what it was sent: events for it should be held back and merged. */
  get keepsUp(): boolean {
    return this.socket.writableLength < maxUnreadBytes;
  }

  sendEvent(event: CollectorEvent): void {
    this.send({ type: 'event', data: event });
  }

  /** Ends the connection after what was sent has gone out, at most a second later. */
  end(): Promise<void> {
    return new Promise(resolve => {
      if (this.socket.destroyed) {
        resolve();
        return;
      }
      const timer = setTimeout(() => this.socket.destroy(), 1000);
      this.socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.socket.end();
      this.socket.resume();
    });
  }

  private readonly greeted: () => void;

  private receive(chunk: Buffer): void {
    try {
      for (const { header } of this.decoder.push(chunk)) {
        const message = clientMessage.safeParse(JSON.parse(Buffer.from(header).toString()));
        if (!message.success) {
          this.giveUp(complaint(message.error));
          return;
        }
        this.take(message.data);
      }
    } catch (error) {
      this.giveUp(String(error));
    }
  }

  /** What is no frame of ours cannot be answered either. */
  private giveUp(why: string): void {
    this.options.log.write('warn', 'rpc', `ended a client's connection: ${why}`);
    this.socket.destroy();
  }

  private take(message: ClientMessage): void {
    if (message.type === 'hello') {
      if (this.hello) throw new Error('a second hello');
      const answer = this.options.onHello(message);
      this.greeted();
      this.send(answer);
      if (answer.type === 'welcome') this.hello = message;
      else this.socket.end();
      return;
    }
    if (!this.hello) throw new Error(`${message.type} before hello`);
    if (message.type === 'cancel') this.requests.get(message.id)?.abort();
    else this.enqueue(message);
  }

  private enqueue(message: RequestMessage): void {
    if (this.requests.has(message.id)) throw new Error(`a second request ${message.id}`);
    const controller = new AbortController();
    this.requests.set(message.id, controller);
    this.waiting.push({ message, signal: controller.signal });
    if (this.waiting.length >= maxWaiting) this.socket.pause();
    this.pump();
  }

  /** Answers what waits, as long as the client reads. */
  private pump(): void {
    while (this.running < maxRunning && this.keepsUp && !this.socket.destroyed) {
      const next = this.waiting.shift();
      if (!next) break;
      this.running++;
      void this.respond(next.message, next.signal).finally(() => {
        this.running--;
        this.requests.delete(next.message.id);
        // Not at once: a `cancel` that has arrived meanwhile must be read before the next answer is worked out.
        setImmediate(() => this.pump());
      });
    }
    if (this.waiting.length < maxWaiting) this.socket.resume();
  }

  private async respond({ id, method, params }: RequestMessage, signal: AbortSignal): Promise<void> {
    try {
      signal.throwIfAborted();
      const { result, body } = await this.options.answer(method, params, signal);
      signal.throwIfAborted();
      this.send({ type: 'response', id, result }, body);
    } catch (error) {
      if (signal.aborted) this.fail(id, 'cancelled', 'The request was cancelled.');
      else if (error instanceof RpcFailure) this.fail(id, error.reason, error.message);
      else {
        const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.options.log.write('error', 'rpc', `${method} failed: ${cause}`);
        this.fail(id, 'internal', `The collector failed on ${method}; its log says why.`);
      }
    }
  }

  private fail(id: number, reason: FailureReason, message: string): void {
    this.send({ type: 'failure', id, reason, message });
  }

  private send(message: ServerMessage, body?: Uint8Array): void {
    if (this.socket.destroyed || this.socket.writableEnded) return;
    const header = Buffer.from(JSON.stringify(message));
    this.socket.cork();
    this.socket.write(framePrefix(header.length, body?.length ?? 0));
    this.socket.write(header);
    if (body && body.length > 0) this.socket.write(body);
    this.socket.uncork();
  }
}
