import type { SpanBatch } from '../../otlp/spanBatch';
import type { BatchTraces } from './batchTraces';
import { hashSeed, mixHash } from './mixHash';

/** Finds spans that a stretch of a batch has twice: an open-addressing table over trace and span id. */
export class BatchIds {
  /** Number of a span in the stretch + 1; 0 = free. */
  private slots = new Uint32Array(2048);
  private mask = 0;

  /** Forgets everything, for a new stretch of `count` spans. */
  clear(count: number): void {
    const needed = 2 ** Math.ceil(Math.log2(Math.max(count, 1) * 2));
    if (this.slots.length < needed) this.slots = new Uint32Array(needed);
    else this.slots.fill(0, 0, needed);
    this.mask = needed - 1;
  }

  /** Takes in span i of `batch`. Answers the number of the span that was taken in with its trace and id, or -1. */
  add({ spanIdHigh, spanIdLow }: SpanBatch, { of, from }: BatchTraces, i: number): number {
    const { slots, mask } = this;
    const trace = of[i - from] ?? 0;
    let slot = mixHash(mixHash(hashSeed ^ (spanIdLow[i] ?? 0)) ^ (spanIdHigh[i] ?? 0) ^ trace) & mask;
    for (;;) {
      const taken = slots[slot] ?? 0;
      if (taken === 0) {
        slots[slot] = i - from + 1;
        return -1;
      }
      const other = from + taken - 1;
      if (spanIdLow[other] === spanIdLow[i] && spanIdHigh[other] === spanIdHigh[i] && of[taken - 1] === trace)
        return other;
      slot = (slot + 1) & mask;
    }
  }
}
