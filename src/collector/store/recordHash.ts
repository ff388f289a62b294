/** 48 bits: SQLite keeps such an integer in six bytes. */
const upperBits = 0xffff;
const two32 = 0x1_0000_0000;

/**
 * A hash of byte sequences that tells equal ones from others; whoever relies on it compares the bytes, too. It goes by a
 * seed that senders do not know, so that nobody can choose records that share a hash.
 */
export class RecordHash {
  private first: number;
  private second: number;

  /** `seed`: an integer below 2^48. */
  constructor(seed: number) {
    this.first = Math.floor(seed / two32) | 0;
    this.second = seed | 0;
  }

  /** A copy that goes on from here. */
  fork(): RecordHash {
    const copy = new RecordHash(0);
    copy.first = this.first;
    copy.second = this.second;
    return copy;
  }

  /** Takes in bytes[start, end) and its length. */
  add(bytes: Uint8Array, start: number, end: number): this {
    let { first, second } = this;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] ?? 0;
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second + byte, 0x5bd1e995);
      second ^= second >>> 15;
    }
    this.first = mix(first ^ (end - start));
    this.second = mix(second + (end - start));
    return this;
  }

  /** An integer from 0 to 2^48 - 1. */
  get value(): number {
    return (this.first & upperBits) * two32 + (this.second >>> 0);
  }
}

/** The finaliser of MurmurHash3: every bit of the result depends on every bit of `value`. */
function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
