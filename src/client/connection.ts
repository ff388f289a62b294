import { connect, type Socket } from 'node:net';
import {
  protocolVersion,
  serverMessage,
  type ClientMessage,
  type CollectorEvent,
  type MethodName,
  type Params,
  type Result,
  type ServerMessage,
} from '../protocol/collectorProtocol';
import { clientFrameLimits, FrameDecoder, framePrefix, type Frame } from '../protocol/frames';
import { parseResult } from './parseResult';
import { RequestError } from './requestError';

export type Hello = Omit<Extract<ClientMessage, { type: 'hello' }>, 'type' | 'protocol'>;

/** An answer: the result as its schema says, and the bytes that came with it (of their own, safe to transfer). */
export interface Answer<M extends MethodName> {
  readonly result: Result<M>;
  readonly body: ArrayBuffer;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Default 30 s. */
  readonly timeoutMs?: number;
}

interface Pending {
  resolve(result: unknown, body: ArrayBuffer): void;
  reject(error: Error): void;
}

/** The collector answered, but will not talk to this client. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(
    readonly reason: 'protocol' | 'leaving',
    message: string,
  ) {
    super(message);
  }
}

const helloTimeoutMs = 5000;

/** One connection to a collector, from `welcome` until it ends. */
export class Connection {
  /** Settles when the connection has ended, with the error that ended it. */
  readonly closed: Promise<Error | undefined>;
  /** Set once the collector has said that it is about to end. */
  leavingReason: string | undefined;

  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private constructor(
    private readonly socket: Socket,
    readonly welcome: Extract<ServerMessage, { type: 'welcome' }>,
    private readonly onEvent: (event: CollectorEvent) => void,
  ) {
    this.closed = new Promise(resolve => {
      let cause: Error | undefined;
      socket.on('error', error => (cause = error));
      socket.once('close', () => {
        for (const request of this.pending.values())
          request.reject(
            new RequestError('unavailable', 'The connection to the collector was lost.', { cause }),
          );
        this.pending.clear();
        resolve(cause);
      });
    });
  }

  /**
   * Connects to the socket at `path` and shakes hands.
   * @throws RefusedError, or the system's error (ENOENT, ECONNREFUSED: nobody there)
   */
  static open(path: string, hello: Hello, onEvent: (event: CollectorEvent) => void): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(path);
      const decoder = new FrameDecoder(clientFrameLimits);
      let connection: Connection | undefined;
      const fail = (error: Error): void => {
        reject(error);
        socket.destroy();
      };
      const timer = setTimeout(() => fail(new Error('the collector did not answer')), helloTimeoutMs);
      socket.on('error', fail);
      socket.once('close', () => {
        clearTimeout(timer);
        reject(new Error('the collector closed the connection'));
      });
      socket.once('connect', () => send(socket, { type: 'hello', protocol: protocolVersion, ...hello }));
      socket.on('data', chunk => {
        try {
          for (const frame of decoder.push(chunk)) {
            const message = serverMessage.parse(JSON.parse(Buffer.from(frame.header).toString()));
            if (connection) connection.receive(message, frame);
            else if (message.type === 'welcome') {
              clearTimeout(timer);
              connection = new Connection(socket, message, onEvent);
              resolve(connection);
            } else if (message.type === 'refused') fail(new RefusedError(message.reason, message.message));
            else throw new Error(`${message.type} before welcome`);
          }
        } catch (error) {
          // Out of step with the collector: nothing that follows can be trusted.
          socket.destroy(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  /** Asks the collector. @throws RequestError */
  async request<M extends MethodName>(
    method: M,
    params: Params<M>,
    { signal, timeoutMs = 30_000 }: RequestOptions = {},
  ): Promise<Answer<M>> {
    if (signal?.aborted) throw new RequestError('cancelled', 'The request was cancelled.');
    if (this.socket.destroyed)
      throw new RequestError('unavailable', 'The connection to the collector was lost.');
    const id = this.nextId++;
    let giveUp: (() => void) | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      const answer = await new Promise<{ result: unknown; body: ArrayBuffer }>((resolve, reject) => {
        this.pending.set(id, { resolve: (result, body) => resolve({ result, body }), reject });
        const cancel = (error: RequestError): void => {
          send(this.socket, { type: 'cancel', id });
          reject(error);
        };
        timer = setTimeout(
          () =>
            cancel(new RequestError('timeout', `The collector did not answer within ${timeoutMs / 1000} s.`)),
          timeoutMs,
        );
        giveUp = () => cancel(new RequestError('cancelled', 'The request was cancelled.'));
        signal?.addEventListener('abort', giveUp);
        send(this.socket, { type: 'request', id, method, params });
      });
      return { result: parseResult(method, answer.result), body: answer.body };
    } finally {
      this.pending.delete(id);
      clearTimeout(timer);
      if (giveUp) signal?.removeEventListener('abort', giveUp);
    }
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(message: ServerMessage, { body }: Frame): void {
    switch (message.type) {
      case 'response':
        return this.pending.get(message.id)?.resolve(message.result, body.buffer);
      case 'failure':
        return this.pending.get(message.id)?.reject(new RequestError(message.reason, message.message));
      case 'event':
        if (message.data.event === 'leaving') this.leavingReason = message.data.reason;
        this.onEvent(message.data);
        return;
      case 'welcome':
      case 'refused':
        throw new Error(`${message.type} after welcome`);
    }
  }
}

function send(socket: Socket, message: ClientMessage): void {
  if (socket.destroyed) return;
  const header = Buffer.from(JSON.stringify(message));
  socket.cork();
  socket.write(framePrefix(header.length, 0));
  socket.write(header);
  socket.uncork();
}
