import { BufferPool, sizeFor } from './bufferPool';
import type { Lease } from './lease';

/** Memory grows by this factor with what has arrived. */
const growth = 4;

const pool = new BufferPool();

/**
 * A body as it arrives, in one buffer that grows with it: what a client announces and does not send costs nothing, and
 * nothing keeps the buffers that the network fills (a small piece of one would keep all of it).
 */
export class BodyBuffer {
  private buffer: Buffer = Buffer.alloc(0);
  private filled = 0;

  /** `expected`: the length that was announced, else the most that may come. */
  constructor(
    private readonly lease: Lease,
    private readonly expected: number,
  ) {}

  get length(): number {
    return this.filled;
  }

  /** False where there is no memory for it; what came before is given up then. `chunk` ends within what is expected. */
  append(chunk: Uint8Array): boolean {
    const needed = this.filled + chunk.length;
    if (needed > this.buffer.length && !this.grow(needed)) {
      this.discard();
      return false;
    }
    this.buffer.set(chunk, this.filled);
    this.filled = needed;
    return true;
  }

  /** What has arrived; valid until it is discarded. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.filled);
  }

  /** Lets the memory be used again: nobody may look at `bytes` any more. */
  discard(): void {
    this.lease.give(this.buffer.length);
    pool.give(this.buffer);
    this.buffer = Buffer.alloc(0);
    this.filled = 0;
  }

  private grow(needed: number): boolean {
    const size = sizeFor(Math.min(this.expected, Math.max(needed, growth * this.buffer.length)));
    if (!this.lease.take(size)) return false;
    const grown = pool.take(size);
    this.buffer.copy(grown, 0, 0, this.filled);
    this.lease.give(this.buffer.length);
    pool.give(this.buffer);
    this.buffer = grown;
    return true;
  }
}
