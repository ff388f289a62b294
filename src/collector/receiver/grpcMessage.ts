import type { RpcStatus } from '../../otlp/rpcStatus';
import { deferredMessage, deferredSeconds } from './admission';
import { BodyBuffer } from './bodyBuffer';
import { rpcCode } from './httpProtocol';
import type { Lease } from './lease';

const prefixBytes = 5;

/** The one Length-Prefixed-Message of a unary call (PROTOCOL-HTTP2.md, "Requests"), as it arrives. */
export class GrpcMessage {
  private readonly prefix = Buffer.alloc(prefixBytes);
  private prefixLength = 0;
  private body: BodyBuffer | undefined;
  private expected = 0;

  constructor(
    private readonly lease: Lease,
    private readonly maxBytes: number,
  ) {}

  /** Answers what is wrong with it as soon as that can be told; `chunk` may be changed afterwards. */
  take(chunk: Buffer): RpcStatus | undefined {
    let rest = chunk;
    if (!this.body) {
      const taken = chunk.copy(this.prefix, this.prefixLength, 0, prefixBytes - this.prefixLength);
      this.prefixLength += taken;
      if (this.prefixLength < prefixBytes) return undefined;
      rest = chunk.subarray(taken);
      this.expected = this.prefix.readUInt32BE(1);
      if (this.prefix.readUInt8(0) > 1)
        return { code: rpcCode.internal, message: 'The compressed flag of the message is neither 0 nor 1.' };
      if (this.expected > this.maxBytes) return tooLarge(this.maxBytes);
      this.body = new BodyBuffer(this.lease, this.expected);
    }
    if (this.body.length + rest.length > this.expected)
      return {
        code: rpcCode.unimplemented,
        message: 'A unary call has exactly one message, this one has more.',
      };
    return rest.length === 0 || this.body.append(rest) ? undefined : deferred;
  }

  /** The message once the client has said all, or what is wrong with it. */
  end(): { readonly isCompressed: boolean; readonly bytes: Buffer } | RpcStatus {
    if (!this.body || this.body.length < this.expected)
      return { code: rpcCode.internal, message: 'The call ended before its message was complete.' };
    return { isCompressed: this.prefix.readUInt8(0) === 1, bytes: this.body.bytes() };
  }

  /** Lets the memory of the message be used again: nobody may look at it any more. */
  discard(): void {
    this.body?.discard();
  }
}

export function tooLarge(maxBytes: number): RpcStatus {
  return {
    code: rpcCode.resourceExhausted,
    message: `The message is larger than ${maxBytes} bytes, as sent or decompressed. Send smaller batches.`,
  };
}

export const deferred: RpcStatus = {
  code: rpcCode.unavailable,
  message: deferredMessage,
  retryAfterSeconds: deferredSeconds,
};
