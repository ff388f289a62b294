/**
 * Finds the row of a span id in columns of unsigned 32-bit halves: a hash table with linear probing, at most half full.
 * Ids come from any process, so the hash is seeded at random: nobody can choose ids that all meet in one slot.
 */
export class SpanIdIndex {
  private readonly slots: Int32Array;
  private readonly mask: number;
  private readonly seed = (Math.random() * 0x1_0000_0000) | 0;

  /** Where an id stands in several rows, `isBetter(row, other)` says which one is found; else the first. */
  constructor(
    private readonly high: Uint32Array,
    private readonly low: Uint32Array,
    count: number,
    isBetter?: (row: number, other: number) => boolean,
  ) {
    let size = 16;
    while (size < count * 2) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
    this.mask = size - 1;
    for (let row = 0; row < count; row++) {
      const slot = this.slotOf(high[row] ?? 0, low[row] ?? 0);
      const other = this.slots[slot] ?? -1;
      if (other < 0 || isBetter?.(row, other)) this.slots[slot] = row;
    }
  }

  /** The row of the span, or -1. */
  rowOf(high: number, low: number): number {
    return this.slots[this.slotOf(high, low)] ?? -1;
  }

  /** The slot that holds the id, or the free one where it belongs. */
  private slotOf(high: number, low: number): number {
    const { slots, mask } = this;
    let slot = (mix(mix(high ^ this.seed) ^ low) >>> 0) & mask;
    for (;;) {
      const row = slots[slot] ?? -1;
      if (row < 0 || (this.low[row] === low && this.high[row] === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }
}

/** MurmurHash3's finalizer: every bit of the input changes every bit of the output. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
