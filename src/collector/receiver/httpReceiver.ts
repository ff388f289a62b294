import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log, RateLimitedLog } from '../log';
import { Admission } from './admission';
import { type ConnectionLimits, defaultConnectionLimits } from './connectionLimits';
import { handleHttp, refuseExpectation, type HttpHandlerOptions } from './httpHandler';
import { type Bound, listeningPort } from './listenLoopback';
import { rpcCode, type HttpProtocol } from './httpProtocol';
import { OpenExchanges } from './openExchanges';
import { otlpHttp } from './otlpHttp';
import { PortBinding, type Receiver } from './portBinding';
import type { Destinations } from './signals';

export interface ReceiverOptions extends Destinations {
  readonly log: Log;
  readonly refusals: RateLimitedLog;
  /** Told after each change of the receiver's state. */
  readonly onState: () => void;
  readonly isLeaving: () => boolean;
  /** Limit of a message, as sent and decompressed; default 64 MiB. */
  readonly maxBodyBytes?: number;
  readonly limits?: Partial<ConnectionLimits>;
  /** One for all receivers of a collector; default: one of its own. */
  readonly admission?: Admission;
}

export const defaultMaxBodyBytes = 64 * 1024 * 1024;
/** On leaving, requests under way have this long. */
const closeWithinMs = 2000;

/** OTLP/HTTP: `POST /v1/traces`, `/v1/metrics` and `/v1/logs` in protobuf or JSON, on loopback. */
export function openHttpReceiver(options: ReceiverOptions): Receiver {
  return openHttpPort(otlpHttp(options), options);
}

/** A port for a protocol over HTTP, on loopback. */
export function openHttpPort(protocol: HttpProtocol, options: ReceiverOptions): Receiver {
  const handler: HttpHandlerOptions = {
    ...options,
    protocol,
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
    admission: options.admission ?? new Admission(),
  };
  const limits = { ...defaultConnectionLimits, ...options.limits };
  const bind = (address: string, port: number): Promise<Bound<Server>> =>
    listen(handler, limits, address, port);
  return new PortBinding(protocol.name, bind, options.log, options.onState);
}

function listen(
  handler: HttpHandlerOptions,
  limits: ConnectionLimits,
  address: string,
  port: number,
): Promise<Bound<Server>> {
  const { protocol, refusals } = handler;
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    // Longer than exporters pause between batches, so that they do not meet a connection that is just closing.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: limits.checkEveryMs,
    maxHeaderSize: 32 * 1024,
    noDelay: true,
  });
  server.maxConnections = limits.maxConnections;
  const exchanges = new OpenExchanges();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    exchanges.add(request, response);
    void handleHttp(request, response, handler);
  };
  server.on('request', handle);
  // Without it node:http asks for every body, also for one that is refused by its head.
  server.on('checkContinue', handle);
  server.on('checkExpectation', (request, response) => refuseExpectation(request, response, handler));
  server.on('drop', () => {
    refusals.write(
      `${protocol.subsystem} drop`,
      'warn',
      protocol.subsystem,
      `refused a connection: there are ${limits.maxConnections} already`,
    );
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const { status, message } = explainBadHttp(error, protocol);
    refusals.write(
      `${protocol.subsystem} bad http ${error.code ?? ''}`,
      'warn',
      protocol.subsystem,
      `refused a connection with ${status}: ${message}`,
    );
    const answer = protocol.refusal(undefined, {
      status: Number.parseInt(status, 10),
      code: rpcCode.invalidArgument,
      message,
    });
    const text = `HTTP/1.1 ${status}\r\nServer: Causeway\r\nConnection: close\r\nContent-Type: ${answer.contentType ?? ''}\r\nContent-Length: ${Buffer.byteLength(answer.body)}\r\n\r\n${String(answer.body)}`;
    // RFC 9112, section 9.3.2: in order. What comes behind a good request must not take its answer's place.
    void exchanges.answered(socket).then(() => socket.end(text));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', reject);
      server.on('error', error => handler.log.write('error', protocol.subsystem, String(error)));
      resolve({ port: listeningPort(server), server, close: () => close(server) });
    });
  });
}

/** What node:http found wrong with a request, in words. */
function explainBadHttp(
  { code, message }: NodeJS.ErrnoException,
  { otherProtocol }: HttpProtocol,
): { status: string; message: string } {
  switch (code) {
    case 'HPE_PAUSED_H2_UPGRADE':
    case 'HPE_INVALID_METHOD':
      return {
        status: '400 Bad Request',
        message: otherProtocol,
      };
    case 'HPE_HEADER_OVERFLOW':
      return { status: '431 Request Header Fields Too Large', message: 'The request headers are too large.' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: '408 Request Timeout', message: 'The request took too long to arrive.' };
    default:
      return { status: '400 Bad Request', message: `Not a valid HTTP/1.1 request: ${message}.` };
  }
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(() => server.closeAllConnections(), closeWithinMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
