import { hashSeed, mixHash } from './mixHash';

/** High half, low half and number of an entry; an id of zeros is invalid and marks a free slot. */
const wordsPerSlot = 3;
const firstSlots = 64;

/** The ids of a trace's spans, each with the number of its fragment: an open-addressing table, three words a slot. */
export class SpanIdMap {
  private words = new Uint32Array(firstSlots * wordsPerSlot);
  private mask = firstSlots - 1;
  private count = 0;

  /** What it takes, used or not. */
  get slots(): number {
    return this.mask + 1;
  }

  /** The number of an id; undefined where it is not there. */
  get(high: number, low: number): number | undefined {
    const { words } = this;
    const at = this.find(high, low);
    return words[at] === 0 && words[at + 1] === 0 ? undefined : words[at + 2];
  }

  set(high: number, low: number, fragment: number): void {
    if (this.count * 4 >= this.slots * 3) this.grow();
    const { words } = this;
    const at = this.find(high, low);
    if (words[at] === 0 && words[at + 1] === 0) this.count++;
    words[at] = high;
    words[at + 1] = low;
    words[at + 2] = fragment;
  }

  /** Where the words of an id are, or would be. */
  private find(high: number, low: number): number {
    const { words, mask } = this;
    let slot = mixHash(mixHash(hashSeed ^ low) ^ high) & mask;
    for (;;) {
      const at = slot * wordsPerSlot;
      if ((words[at] === high && words[at + 1] === low) || (words[at] === 0 && words[at + 1] === 0))
        return at;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const old = this.words;
    this.words = new Uint32Array(old.length * 2);
    this.mask = this.mask * 2 + 1;
    this.count = 0;
    for (let at = 0; at < old.length; at += wordsPerSlot) {
      const high = old[at] ?? 0;
      const low = old[at + 1] ?? 0;
      if (high !== 0 || low !== 0) this.set(high, low, old[at + 2] ?? 0);
    }
  }
}
