import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { encodeExportResponse } from '../../otlp/exportResponse';
import type { RpcStatus } from '../../otlp/rpcStatus';
import type { Admission } from './admission';
import { decodeBody } from './decodeBody';
import { exportRequest, retryAfterSeconds } from './exportRequest';
import { asHost } from './grpcAuthority';
import { deferred, GrpcMessage, tooLarge } from './grpcMessage';
import { statusName, statusTrailers } from './grpcStatus';
import { parseGrpcTimeout } from './grpcTimeout';
import { rpcCode } from './httpProtocol';
import type { ReceiverOptions } from './httpReceiver';
import { Lease } from './lease';
import { signals, type Signal } from './signals';

export interface GrpcCallOptions extends ReceiverOptions {
  readonly admission: Admission;
  /** Limit of a message, as sent and decompressed. */
  readonly maxBodyBytes: number;
  /** A call whose message has not come whole within this ends. */
  readonly requestTimeoutMs: number;
}

/** What an open call holds beside its message: a stream's objects and windows, and its headers. */
const callBytes = 16 * 1024;

const acceptedEncodings = { 'grpc-accept-encoding': 'identity,deflate,gzip' };

/** One unary call, from its headers to its status (gRPC, PROTOCOL-HTTP2.md). */
export class GrpcCall {
  private readonly lease: Lease;
  private readonly message: GrpcMessage;
  private readonly maxBytes: number;
  private timer: NodeJS.Timeout | undefined;
  private isOver = false;
  /** The message is being stored: its bytes are in use whatever the client does. */
  private isStoring = false;

  constructor(
    private readonly stream: ServerHttp2Stream,
    private readonly headers: IncomingHttpHeaders,
    private readonly options: GrpcCallOptions,
  ) {
    const { admission, maxBodyBytes } = options;
    this.lease = new Lease(admission.memory);
    this.maxBytes = admission.largestBody(maxBodyBytes);
    this.message = new GrpcMessage(this.lease, this.maxBytes);
  }

  /** Answers the call by itself; never throws. */
  start(): void {
    const { stream, headers } = this;
    // What a client breaks off shows in `close`.
    stream.on('error', () => undefined);
    stream.once('close', () => this.closed());
    if (headers[':method'] !== 'POST') {
      this.refuseHttp(405);
      return;
    }
    if (!/^application\/grpc(?:[+;]|$)/i.test(headers['content-type'] ?? '')) {
      this.refuseHttp(415);
      return;
    }
    const signal = this.admit();
    if ('code' in signal) {
      this.fail(signal);
      return;
    }
    stream.on('data', (chunk: Buffer) => {
      const wrong = this.isOver ? undefined : this.message.take(chunk);
      if (wrong) this.fail(wrong);
    });
    stream.once('end', () => {
      if (!this.isOver && !stream.aborted) void this.store(signal);
    });
  }

  /** What signal the call is of, or why it is turned down before its message is looked at. */
  private admit(): Signal | RpcStatus {
    const { headers, options } = this;
    const authority = headers[':authority'] ?? '';
    if (authority !== '' && !options.admission.access.allowsHost(asHost(authority)))
      return {
        code: rpcCode.permissionDenied,
        message: `The authority ${JSON.stringify(authority.slice(0, 200))} is not a loopback name. Causeway answers calls to localhost and to what causeway.collector.allowedHosts lists.`,
      };
    const path = headers[':path'] ?? '';
    const signal = signals.find(({ grpcService }) => path === `/${grpcService}/Export`);
    if (!signal)
      return { code: rpcCode.unimplemented, message: `There is no method ${path.slice(0, 200)} here.` };
    const timeout = this.timeoutMs();
    if (timeout === undefined)
      return { code: rpcCode.internal, message: 'The grpc-timeout header is not a timeout.' };
    if (options.isLeaving()) return tryLater('The collector is about to end.');
    if (!this.lease.take(callBytes)) return deferred;
    this.timer = setTimeout(() => {
      const message = `The message did not come within ${Math.round(timeout)} ms.`;
      this.fail({ code: rpcCode.deadlineExceeded, message });
    }, timeout);
    return signal;
  }

  private timeoutMs(): number | undefined {
    const header = this.headers['grpc-timeout'];
    const own = this.options.requestTimeoutMs;
    if (typeof header !== 'string') return own;
    const asked = parseGrpcTimeout(header);
    return asked === undefined ? undefined : Math.min(asked, own);
  }

  private async store(signal: Signal): Promise<void> {
    clearTimeout(this.timer);
    this.isStoring = true;
    await this.answer(signal);
    this.isStoring = false;
    this.lease.release();
  }

  private async answer(signal: Signal): Promise<void> {
    const bytes = await this.decoded();
    if ('code' in bytes) {
      this.fail(bytes);
      return;
    }
    const outcome = await exportRequest(signal, this.options, bytes, 'protobuf');
    switch (outcome.kind) {
      case 'success': {
        // In other cases the journal may keep it until the disk takes it.
        this.message.discard();
        if (outcome.rejected > 0)
          this.options.refusals.write('partial', 'warn', 'grpc', `left out of an export: ${outcome.message}`);
        this.succeed(encodeExportResponse(outcome.rejected, outcome.message));
        return;
      }
      case 'bad-data': {
        this.fail({
          code: rpcCode.invalidArgument,
          message: outcome.message,
          violation: { field: outcome.field, description: outcome.message },
        });
        return;
      }
      case 'unavailable': {
        this.fail(tryLater(outcome.message));
        return;
      }
    }
  }

  private async decoded(): Promise<Buffer | RpcStatus> {
    const message = this.message.end();
    if ('code' in message) return message;
    const { isCompressed, bytes } = message;
    if (!isCompressed) return bytes;
    const encoding = String(this.headers['grpc-encoding'] ?? 'identity').slice(0, 100);
    if (encoding === 'identity')
      return { code: rpcCode.internal, message: 'The message is marked as compressed, but says not how.' };
    const decoded = await decodeBody(bytes, encoding, this.maxBytes, this.lease);
    if ('body' in decoded) {
      this.message.discard();
      return decoded.body;
    }
    switch (decoded.failure) {
      case 'too-large':
        return tooLarge(this.maxBytes);
      case 'overloaded':
        return deferred;
      case 'unsupported-encoding':
        return {
          code: rpcCode.unimplemented,
          message: `The message is compressed with unsupported encoding ${JSON.stringify(encoding)}.`,
        };
      case 'corrupt':
      case 'aborted':
        return { code: rpcCode.internal, message: `The message is not valid ${encoding}.` };
    }
  }

  private succeed(response: Uint8Array): void {
    const { stream } = this;
    if (!this.finish()) return;
    const message = Buffer.alloc(5 + response.length);
    message.writeUInt32BE(response.length, 1);
    message.set(response, 5);
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc+proto', ...acceptedEncodings },
      { waitForTrailers: true },
    );
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(message);
  }

  /** Ends the call with headers alone (PROTOCOL-HTTP2.md, "Trailers-Only"). */
  private fail(status: RpcStatus): void {
    const { stream, headers, options } = this;
    if (status === deferred) options.admission.deferred();
    const name = statusName(status.code);
    const path = (headers[':path'] ?? '').slice(0, 200);
    options.refusals.write(`grpc ${name}`, 'warn', 'grpc', `refused ${path} with ${name}: ${status.message}`);
    if (!this.finish()) return;
    const own = { ':status': 200, 'content-type': 'application/grpc+proto', ...acceptedEncodings };
    stream.respond({ ...own, ...statusTrailers(status) }, { endStream: true });
    this.stopListening();
  }

  /** What is no gRPC gets an answer that HTTP/2 clients understand (PROTOCOL-HTTP2.md, "Requests"). */
  private refuseHttp(status: 405 | 415): void {
    const { stream, options } = this;
    options.refusals.write(`grpc ${status}`, 'warn', 'grpc', `refused what is no gRPC call with ${status}`);
    if (!this.finish()) return;
    stream.respond({ ':status': status }, { endStream: true });
    this.stopListening();
  }

  /** RFC 9113, section 8.1: a server that has answered before the request was complete asks for no more of it. */
  private stopListening(): void {
    if (!this.stream.readableEnded) this.stream.close(constants.NGHTTP2_NO_ERROR);
  }

  /** False where nobody waits for an answer any more. */
  private finish(): boolean {
    if (this.isOver || this.stream.destroyed || this.stream.closed) return false;
    this.isOver = true;
    clearTimeout(this.timer);
    return true;
  }

  private closed(): void {
    clearTimeout(this.timer);
    this.isOver = true;
    if (!this.isStoring) this.lease.release();
  }
}

/** UNAVAILABLE with RetryInfo (OTLP specification, "OTLP/gRPC Throttling"). */
function tryLater(message: string): RpcStatus {
  return { code: rpcCode.unavailable, message, retryAfterSeconds };
}
