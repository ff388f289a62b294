import type { RejectedSpans } from './spanBatch';

/** Counts the spans of a request that are left out, by reason. */
export class RejectedCounts {
  private readonly counts = new Map<RejectedSpans['reason'], number>();

  add(reason: RejectedSpans['reason'], count = 1): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + count);
  }

  list(): RejectedSpans[] {
    return Array.from(this.counts, ([reason, count]) => ({ reason, count }));
  }
}
