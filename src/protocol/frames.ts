import { maxHeaderBytes } from './collectorProtocol';

/**
 * Frames of the collector protocol (layout: see collectorProtocol.ts), as bytes only: the header is JSON in UTF-8 that
 * the two ends encode and parse themselves, so that this file needs neither Node nor the DOM.
 */
export interface Frame {
  readonly header: Uint8Array;
  /** Empty where the message carries no bytes. A copy of its own, safe to transfer. */
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface FrameLimits {
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
}

/** What a client takes from the collector: columns of ten million spans stay below this. */
export const clientFrameLimits: FrameLimits = { maxHeaderBytes, maxBodyBytes: 1024 * 1024 * 1024 };

/** What the collector takes from a client: questions are small and carry no body. */
export const serverFrameLimits: FrameLimits = { maxHeaderBytes: 1024 * 1024, maxBodyBytes: 0 };

/** A frame announced more than the limits allow; the stream cannot be followed any further. */
export class FrameTooLargeError extends Error {
  override readonly name = 'FrameTooLargeError';
}

const prefixBytes = 8;

/** The eight bytes that go before `header` and `body` on the wire. */
export function framePrefix(headerBytes: number, bodyBytes: number): Uint8Array<ArrayBuffer> {
  const prefix = new Uint8Array(prefixBytes);
  const view = new DataView(prefix.buffer);
  view.setUint32(0, headerBytes, true);
  view.setUint32(4, bodyBytes, true);
  return prefix;
}

/**
 * Cuts a byte stream into frames, whatever the chunks. Linear: a chunk is copied once, into the frame it belongs to,
 * and no memory is taken for bytes that have only been announced.
 */
export class FrameDecoder {
  private readonly limits: FrameLimits;
  private readonly chunks: Uint8Array[] = [];
  private buffered = 0;
  /** Read position in the first chunk. */
  private offset = 0;
  private announced: { header: number; body: number } | undefined;

  constructor(limits: FrameLimits) {
    this.limits = limits;
  }

  /** Bytes held back for a frame that is not complete yet. */
  get pendingBytes(): number {
    return this.buffered;
  }

  /**
   * The frames that `chunk` completes, in order.
   * @throws FrameTooLargeError
   */
  push(chunk: Uint8Array): Frame[] {
    if (chunk.length > 0) this.chunks.push(chunk);
    this.buffered += chunk.length;
    const frames: Frame[] = [];
    for (;;) {
      this.announced ??= this.readPrefix();
      if (!this.announced || this.buffered < this.announced.header + this.announced.body) return frames;
      const header = this.take(this.announced.header);
      const body = this.take(this.announced.body);
      this.announced = undefined;
      frames.push({ header, body });
    }
  }

  private readPrefix(): { header: number; body: number } | undefined {
    if (this.buffered < prefixBytes) return undefined;
    const view = new DataView(this.take(prefixBytes).buffer);
    const header = view.getUint32(0, true);
    const body = view.getUint32(4, true);
    if (header > this.limits.maxHeaderBytes)
      throw new FrameTooLargeError(`frame header of ${header} bytes, ${this.limits.maxHeaderBytes} allowed`);
    if (body > this.limits.maxBodyBytes)
      throw new FrameTooLargeError(`frame body of ${body} bytes, ${this.limits.maxBodyBytes} allowed`);
    return { header, body };
  }

  /** The next `length` bytes, which must be buffered, as a copy. */
  private take(length: number): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(length);
    let filled = 0;
    let used = 0;
    while (filled < length) {
      const chunk = this.chunks[used];
      if (!chunk) break;
      const part = chunk.subarray(this.offset, this.offset + length - filled);
      out.set(part, filled);
      filled += part.length;
      this.offset += part.length;
      if (this.offset === chunk.length) {
        used++;
        this.offset = 0;
      }
    }
    this.chunks.splice(0, used);
    this.buffered -= length;
    return out;
  }
}
