/**
 * Remembers what was made of byte sequences (a span's name, a resource's service), so that the same bytes are not
 * decoded again. Bounded: one entry a slot, the newcomer replaces it; sequences longer than `maxLength` are not kept.
 * Equal hashes cost a miss and no more, so a sender that provokes them gains nothing.
 */
export class ByteCache<T> {
  private readonly hashes: Uint32Array;
  private readonly lengths: Uint16Array;
  private readonly keys: Uint8Array;
  private readonly values: (T | undefined)[];
  private readonly mask: number;

  /** `slots`: a power of two. `maxLength`: below 65536. */
  constructor(
    slots: number,
    private readonly maxLength: number,
    private readonly make: (bytes: Uint8Array, start: number, end: number) => T,
  ) {
    this.mask = slots - 1;
    this.hashes = new Uint32Array(slots);
    this.lengths = new Uint16Array(slots);
    this.keys = new Uint8Array(slots * maxLength);
    this.values = new Array<T | undefined>(slots).fill(undefined);
  }

  /** What `make` makes, or made, of bytes[start, end). What it throws is thrown and not remembered. */
  get(bytes: Uint8Array, start: number, end: number): T {
    const length = end - start;
    if (length > this.maxLength) return this.make(bytes, start, end);
    // FNV-1a, 32 bits.
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    hash >>>= 0;
    const slot = (hash ^ (hash >>> 15)) & this.mask;
    const at = slot * this.maxLength;
    if (this.hashes[slot] === hash && this.lengths[slot] === length) {
      const { keys } = this;
      let i = 0;
      while (i < length && keys[at + i] === bytes[start + i]) i++;
      const value = this.values[slot];
      if (i === length && value !== undefined) return value;
    }
    const value = this.make(bytes, start, end);
    this.hashes[slot] = hash;
    this.lengths[slot] = length;
    this.keys.set(bytes.subarray(start, end), at);
    this.values[slot] = value;
    return value;
  }
}
