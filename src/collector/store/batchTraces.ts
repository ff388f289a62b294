import type { SpanBatch } from '../../otlp/spanBatch';
import { hashSeed, mixHash } from './mixHash';

/**
 * Which traces a stretch of a batch has, without a string or an object a span: an open-addressing table over the four id
 * words. The stretch is that of the last `read`.
 */
export class BatchTraces {
  /** Number of different traces. */
  count = 0;
  /** The stretch: spans `from` up to, not including, `to`. */
  from = 0;
  to = 0;
  /** Trace number of each span, counted from `from`. */
  of = new Uint32Array(0);
  /** First span of each trace number, counted from the batch's start. */
  first = new Uint32Array(0);
  /** The spans of the stretch, counted from the batch's start, those of a trace together and in their order. */
  order = new Uint32Array(0);
  /** Where the spans of each trace number begin in `order`; that of the number `count` is the end. */
  start = new Uint32Array(1);
  /** Trace number + 1; 0 = free. Its length is a power of two, at least twice the batch. */
  private slots = new Uint32Array(0);

  read(batch: SpanBatch, from: number, to: number): void {
    const { traceId0, traceId1, traceId2, traceId3 } = batch;
    this.from = from;
    this.to = to;
    this.prepare(to - from);
    const { of, first, slots } = this;
    const mask = slots.length - 1;
    let traces = 0;
    for (let i = from; i < to; i++) {
      // Spans of one trace often stand together.
      if (i > from && isSame(batch, i, i - 1)) {
        of[i - from] = of[i - from - 1] ?? 0;
        continue;
      }
      let hash = mixHash(hashSeed ^ (traceId3[i] ?? 0));
      hash = mixHash(hash ^ (traceId2[i] ?? 0));
      hash = mixHash(hash ^ (traceId1[i] ?? 0));
      hash = mixHash(hash ^ (traceId0[i] ?? 0));
      let slot = hash & mask;
      for (;;) {
        const number = (slots[slot] ?? 0) - 1;
        if (number < 0) {
          slots[slot] = traces + 1;
          first[traces] = i;
          of[i - from] = traces++;
          break;
        }
        if (isSame(batch, i, first[number] ?? 0)) {
          of[i - from] = number;
          break;
        }
        slot = (slot + 1) & mask;
      }
    }
    this.count = traces;
    this.sort();
  }

  /** A counting sort by trace number. */
  private sort(): void {
    const { of, order, start, from, to, count } = this;
    start.fill(0, 0, count + 2);
    // One further on than it belongs: putting the spans in place moves each start to the next one.
    for (let i = 0; i < to - from; i++) start[(of[i] ?? 0) + 2] = (start[(of[i] ?? 0) + 2] ?? 0) + 1;
    for (let n = 2; n < count + 2; n++) start[n] = (start[n] ?? 0) + (start[n - 1] ?? 0);
    for (let i = 0; i < to - from; i++) {
      const n = (of[i] ?? 0) + 1;
      const at = start[n] ?? 0;
      order[at] = from + i;
      start[n] = at + 1;
    }
  }

  private prepare(count: number): void {
    if (this.of.length < count) {
      const capacity = Math.max(count, 1024);
      this.of = new Uint32Array(capacity);
      this.first = new Uint32Array(capacity);
      this.order = new Uint32Array(capacity);
      this.start = new Uint32Array(capacity + 2);
      this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(capacity * 2)));
    } else {
      this.slots.fill(0);
    }
  }
}

function isSame({ traceId0, traceId1, traceId2, traceId3 }: SpanBatch, a: number, b: number): boolean {
  return (
    traceId3[a] === traceId3[b] &&
    traceId2[a] === traceId2[b] &&
    traceId1[a] === traceId1[b] &&
    traceId0[a] === traceId0[b]
  );
}
