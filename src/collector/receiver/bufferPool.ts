/** Sizes are multiples of this. */
const step = 64 * 1024;
/** Larger buffers are rare, and would take the room of many. */
const maxPooled = 2 * 1024 * 1024;
const maxKept = 8 * 1024 * 1024;

/**
 * Buffers that bodies arrive in, kept to be used again: a fresh one costs page faults, and every 64 MiB of them a
 * collection of all garbage, which together is as much as storing what is in them.
 */
export class BufferPool {
  private readonly free = new Map<number, Buffer[]>();
  private kept = 0;

  /** A buffer of `bytes` or a little more, with anything in it. */
  take(bytes: number): Buffer {
    const size = sizeFor(bytes);
    const buffer = this.free.get(size)?.pop();
    // Not from Node's own pool, which small pieces would keep.
    if (!buffer) return Buffer.allocUnsafeSlow(size);
    this.kept -= size;
    return buffer;
  }

  /** Gives back what `take` gave, once nobody looks at it any more. */
  give(buffer: Buffer): void {
    const { length } = buffer;
    if (length === 0 || length > maxPooled || this.kept + length > maxKept) return;
    const others = this.free.get(length);
    if (others) others.push(buffer);
    else this.free.set(length, [buffer]);
    this.kept += length;
  }
}

/** The length of the buffer that `take` gives for so many bytes. */
export function sizeFor(bytes: number): number {
  return bytes > maxPooled ? bytes : Math.max(Math.ceil(bytes / step), 1) * step;
}
