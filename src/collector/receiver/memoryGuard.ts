const mebibyte = 1024 * 1024;

/**
 * Resident memory is looked at again (which costs as much as storing twenty spans) once a part of what was left at the
 * last look was taken, and this much at least, or this long ago.
 */
const lookAgainAtBytes = mebibyte;
const lookAgainAtShare = 1 / 16;
const lookAgainAfterMs = 100;

/** One request of at most this size goes on when memory is short, as long as it is the only one. */
const loneRequestBytes = mebibyte;

export const defaultMaxMemoryBytes = 512 * mebibyte;

/**
 * Keeps the resident memory of the process below its limit. Whatever holds bytes of a request takes them here before it
 * has them, and gives them back: what all requests hold together stays within a quarter of the limit, and nothing more
 * is given out when resident memory comes near the limit, whatever fills it.
 *
 * Freed memory does not always leave the process, so there is a way out: a request that is alone may go on until there is
 * really nothing left.
 */
export class MemoryGuard {
  private held = 0;
  private resident = 0;
  private lookedAt = -Infinity;
  private takenSince = 0;

  /** `readResident` answers the resident memory of this process, bytes. */
  constructor(
    private limit = defaultMaxMemoryBytes,
    private readonly readResident = (): number => process.memoryUsage.rss(),
  ) {}

  configure(maxBytes: number): void {
    this.limit = maxBytes;
  }

  get maxBytes(): number {
    return this.limit;
  }

  /** Bytes that requests hold now. */
  get heldBytes(): number {
    return this.held;
  }

  /** What all requests may hold together. */
  get budget(): number {
    return this.limit / 4;
  }

  /** The largest body for which there is room at all: it is held as sent and decompressed. */
  get largestBody(): number {
    return this.budget / 2;
  }

  /** What the index may take: once more, for a moment, when its snapshot is written. */
  get largestIndex(): number {
    return this.limit / 3;
  }

  /** False, and nothing taken, where there is no room now. */
  take(bytes: number): boolean {
    if (this.held + bytes > this.budget) return false;
    const after = this.expectedResident() + bytes;
    if (after > this.limit - this.reserve) {
      const isAlone = this.held === 0 && bytes <= loneRequestBytes;
      if (!isAlone || after > this.limit - this.reserve / 2) return false;
    }
    this.held += bytes;
    this.takenSince += bytes;
    return true;
  }

  give(bytes: number): void {
    this.held -= bytes;
  }

  /** For what grows without being taken: the index, the answers, the garbage of the last second. */
  private get reserve(): number {
    return this.limit / 8;
  }

  private expectedResident(): number {
    const now = performance.now();
    const left = this.limit - this.reserve - this.resident;
    const lookAgainAt = Math.max(lookAgainAtBytes, left * lookAgainAtShare);
    if (this.takenSince >= lookAgainAt || now - this.lookedAt >= lookAgainAfterMs) {
      this.resident = this.readResident();
      this.lookedAt = now;
      this.takenSince = 0;
    }
    return this.resident + this.takenSince;
  }
}
