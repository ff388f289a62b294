import { createServer, type Server, type Socket } from 'node:net';
import type { RateLimitedLog } from '../log';
import type { ConnectionLimits } from './connectionLimits';
import { type Bound, listeningPort } from './listenLoopback';

export interface Http2PortOptions {
  readonly refusals: RateLimitedLog;
  readonly limits: ConnectionLimits;
  /** Takes a connection that has begun as HTTP/2 does; nothing of it has been consumed. */
  readonly onConnection: (socket: Socket) => void;
}

/** RFC 9113, section 3.4: what a client sends first. */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/** How long a client that is turned down may go on sending, so that it reads the answer and no reset, ms. */
const lingerMs = 1000;

/**
 * Listens for HTTP/2 with prior knowledge. What begins otherwise gets an answer that its sender can read: nghttp2 would
 * answer HTTP/1.1 with frames that look like garbage there. Connections that were taken outlive `close`.
 */
export async function listenHttp2(
  options: Http2PortOptions,
  address: string,
  port: number,
): Promise<Bound<Server>> {
  const { refusals, limits } = options;
  /** Those that have not said enough to be taken. */
  const waiting = new Set<Socket>();
  const server = createServer({ noDelay: true }, socket => {
    waiting.add(socket);
    awaitPreface(socket, options, () => waiting.delete(socket));
  });
  server.maxConnections = limits.maxConnections;
  server.on('drop', () => {
    refusals.write(
      'drop',
      'warn',
      'grpc',
      `refused a connection: there are ${limits.maxConnections} already`,
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, resolve);
  });
  server.on('error', error => refusals.write('server', 'error', 'grpc', String(error)));
  const close = (): void => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
  return { port: listeningPort(server), server, close };
}

/** Looks at the first bytes; `done` is called once the connection was taken, was turned down or has ended. */
function awaitPreface(
  socket: Socket,
  { refusals, limits, onConnection }: Http2PortOptions,
  done: () => void,
): void {
  const timer = setTimeout(() => socket.destroy(), limits.headersTimeoutMs);
  const onClose = (): void => {
    clearTimeout(timer);
    done();
  };
  // A client that goes away is none of our business.
  const onError = (): void => undefined;
  let begun = Buffer.alloc(0);
  const look = (): void => {
    const chunk: unknown = socket.read();
    if (!Buffer.isBuffer(chunk)) return;
    begun = Buffer.concat([begun, chunk]);
    const length = Math.min(begun.length, preface.length);
    const isPreface = begun.subarray(0, length).equals(preface.subarray(0, length));
    if (isPreface && length < preface.length) return;
    socket.off('readable', look);
    clearTimeout(timer);
    if (isPreface) {
      socket.off('close', onClose).off('error', onError);
      done();
      socket.unshift(begun);
      onConnection(socket);
    } else turnDown(socket, begun, refusals);
  };
  socket.on('readable', look).on('close', onClose).on('error', onError);
}

function turnDown(socket: Socket, begun: Buffer, refusals: RateLimitedLog): void {
  // RFC 8446, section 5.1: a handshake record.
  const isTls = begun[0] === 0x16;
  const message = isTls
    ? 'This port speaks OTLP/gRPC without TLS. Use http:// or an insecure channel.'
    : 'This port speaks OTLP/gRPC. OTLP/HTTP has a port of its own (4318 by default).';
  refusals.write('not http/2', 'warn', 'grpc', `refused a connection: ${message}`);
  const body = `${message}\n`;
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nServer: Causeway\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
}
