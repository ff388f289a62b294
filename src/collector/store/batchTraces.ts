import { randomBytes } from 'node:crypto';
import type { SpanBatch } from '../../otlp/spanBatch';

/** Unknown to senders, so that nobody can choose trace ids that all land in one slot. */
const seed = randomBytes(4).readUInt32LE();

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
      let hash = mix(seed ^ (traceId3[i] ?? 0));
      hash = mix(hash ^ (traceId2[i] ?? 0));
      hash = mix(hash ^ (traceId1[i] ?? 0));
      hash = mix(hash ^ (traceId0[i] ?? 0));
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
  }

  private prepare(count: number): void {
    if (this.of.length < count) {
      const capacity = Math.max(count, 1024);
      this.of = new Uint32Array(capacity);
      this.first = new Uint32Array(capacity);
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

/** The finaliser of MurmurHash3: every bit of the result depends on every bit of `value`. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
