import type { Lease } from './lease';

/** Below this, memory is taken in one piece. */
const firstBytes = 64 * 1024;

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

  /** What has arrived; valid until the lease is released. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.filled);
  }

  discard(): void {
    this.lease.give(this.buffer.length);
    this.buffer = Buffer.alloc(0);
    this.filled = 0;
  }

  private grow(needed: number): boolean {
    const size = Math.min(this.expected, Math.max(needed, 2 * this.buffer.length, firstBytes));
    if (!this.lease.take(size)) return false;
    // Not from the pool, which small pieces would keep.
    const grown = Buffer.allocUnsafeSlow(size);
    this.buffer.copy(grown, 0, 0, this.filled);
    this.lease.give(this.buffer.length);
    this.buffer = grown;
    return true;
  }
}
