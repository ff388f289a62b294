import { createServer, type Http2Server, type ServerHttp2Session, type ServerOptions } from 'node:http2';
import { Admission } from './admission';
import { defaultConnectionLimits } from './connectionLimits';
import { GrpcCall, type GrpcCallOptions } from './grpcCall';
import { listenHttp2 } from './http2Port';
import { defaultMaxBodyBytes, type ReceiverOptions } from './httpReceiver';
import { keepAlive } from './keepAlive';
import type { Bound } from './listenLoopback';
import { PortBinding, type Receiver } from './portBinding';

/** On leaving, calls under way have this long. */
const closeWithinMs = 2000;

/** With those of the standard, 64 KiB, a usual export waits several times for leave to send on. */
const streamWindowBytes = 1024 * 1024;
const connectionWindowBytes = 4 * 1024 * 1024;

/** What one connection may cost (RFC 9113, section 10.5); beyond it, it is ended. */
const sessionLimits: ServerOptions = {
  settings: {
    initialWindowSize: streamWindowBytes,
    maxConcurrentStreams: 100,
    maxHeaderListSize: 32 * 1024,
    enablePush: false,
  },
  // nghttp2 ends a connection after eight CONTINUATION frames in a row, and one that resets streams by the thousand
  // (CVE-2024-27983, CVE-2023-44487).
  maxHeaderListPairs: 128,
  maxSettings: 32,
  maxOutstandingPings: 10,
  /** MB: headers, and answers that a client does not fetch. */
  maxSessionMemory: 10,
};

/**
 * OTLP/gRPC: Export of each signal's service on loopback, without TLS. Other services answer UNIMPLEMENTED.
 *
 * It is made of node:http2 itself: a gRPC library that hands over whole messages buffers those of all streams before
 * anybody can say no, 64 MiB for each.
 */
export function openGrpcReceiver(options: ReceiverOptions): Receiver {
  const call: GrpcCallOptions = {
    ...options,
    admission: options.admission ?? new Admission(),
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
    requestTimeoutMs: { ...defaultConnectionLimits, ...options.limits }.requestTimeoutMs,
  };
  const bind = (address: '127.0.0.1' | '::1', port: number): Promise<Bound<Http2Server>> =>
    listen(call, address, port);
  return new PortBinding('OTLP/gRPC', bind, options.log, options.onState);
}

async function listen(
  options: GrpcCallOptions,
  address: '127.0.0.1' | '::1',
  port: number,
): Promise<Bound<Http2Server>> {
  const limits = { ...defaultConnectionLimits, ...options.limits };
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer(sessionLimits);
  server.on('stream', (stream, headers) => new GrpcCall(stream, headers, options).start());
  server.on('session', session => {
    sessions.add(session);
    session.setLocalWindowSize(connectionWindowBytes);
    session.once('close', () => sessions.delete(session));
    // Ends connections whose client is gone, those included that node:http2 leaves open behind a damaged frame.
    keepAlive(session, limits.requestTimeoutMs, limits.headersTimeoutMs);
  });
  server.on('sessionError', error => {
    options.refusals.write('grpc session', 'warn', 'grpc', `ended a connection: ${String(error)}`);
  });
  const bound = await listenHttp2(
    { refusals: options.refusals, limits, onConnection: socket => server.emit('connection', socket) },
    address,
    port,
  );
  const close = async (): Promise<void> => {
    await bound.close();
    await Promise.all([...sessions].map(closeSession));
  };
  return { port: bound.port, server, close };
}

/** Lets calls under way finish, for a while. */
function closeSession(session: ServerHttp2Session): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(() => session.destroy(), closeWithinMs);
    session.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    session.close();
  });
}
