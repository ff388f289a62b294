import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from 'node:http2';

export const exportPath = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** What came back of a call: its own field names, `grpc-status` as a number. */
export interface GrpcAnswer {
  readonly httpStatus: number;
  readonly headers: IncomingHttpHeaders;
  /** NaN where there was none. */
  readonly grpcStatus: number;
  readonly message: string;
  /** Of google.rpc.Status, decoded from `grpc-status-details-bin`. */
  readonly details: Buffer;
  readonly body: Buffer;
}

/** A Length-Prefixed-Message (gRPC, PROTOCOL-HTTP2.md, "Requests"). */
export function framed(bytes: Uint8Array, compressed = 0): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(compressed, 0);
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
}

/** HTTP/2 without a gRPC library. */
export class RawGrpc {
  private constructor(readonly session: ClientHttp2Session) {}

  static async open(port: number, host = '127.0.0.1'): Promise<RawGrpc> {
    const session = connect(`http://${host}:${port}`);
    // A session that the server ends shows in its streams.
    session.on('error', () => undefined);
    await once(session, 'remoteSettings');
    return new RawGrpc(session);
  }

  /** Begins a call; the body is the caller's to write. */
  begin(headers: Record<string, string> = {}): ClientHttp2Stream {
    return this.session.request({
      ':method': 'POST',
      ':path': exportPath,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
  }

  /** A whole call with `body` as it is. */
  call(body: Uint8Array, headers: Record<string, string> = {}): Promise<GrpcAnswer> {
    const stream = this.begin(headers);
    stream.end(body);
    return answerOf(stream);
  }

  close(): void {
    this.session.destroy();
  }
}

export function answerOf(stream: ClientHttp2Stream): Promise<GrpcAnswer> {
  return new Promise((resolve, reject) => {
    let headers: IncomingHttpHeaders & IncomingHttpStatusHeader = {};
    let trailers: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on('response', received => (headers = received));
    stream.on('trailers', (received: IncomingHttpHeaders) => (trailers = received));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', reject);
    const finish = (): void => {
      const all: IncomingHttpHeaders = { ...headers, ...trailers };
      resolve({
        httpStatus: headers[':status'] ?? NaN,
        headers: all,
        grpcStatus: Number(all['grpc-status'] ?? NaN),
        message: decodeURIComponent(String(all['grpc-message'] ?? '')),
        details: Buffer.from(String(all['grpc-status-details-bin'] ?? ''), 'base64'),
        body: Buffer.concat(chunks),
      });
    };
    // The server may be through before the client is.
    stream.on('end', finish).on('close', finish);
  });
}
