import { isOutOfMemory } from './store/sqlError';
import type { Store } from './store/store';

/** While the index is small enough, its size is looked at this often. */
const lookEveryMs = 250;
/** Where pinned traces take more than this part of it, dropping others would not make room. */
const pinnedShare = 7 / 8;

/** How large the index may get in memory, whatever the limits of retention say. */
export class IndexLimit {
  private limit = Infinity;
  private lookedAt = -Infinity;
  private wasOver = false;

  get maxBytes(): number {
    return this.limit;
  }

  /** Takes effect at the next look, which comes at once. */
  set maxBytes(bytes: number) {
    this.limit = bytes;
    this.lookedAt = -Infinity;
    this.wasOver = false;
  }

  isOver(store: Store): boolean {
    const now = performance.now();
    if (!this.wasOver && now - this.lookedAt < lookEveryMs) return false;
    this.lookedAt = now;
    const { spanCount, pinnedSpans } = store.tables;
    this.wasOver = usedBytes(store) > this.limit && pinnedSpans <= spanCount * pinnedShare;
    return this.wasOver;
  }
}

/** 0 where there is no memory to find out: whatever needs some next makes room (see Store.limit). */
function usedBytes(store: Store): number {
  try {
    return store.usedBytes;
  } catch (error) {
    if (isOutOfMemory(error)) return 0;
    throw error;
  }
}
