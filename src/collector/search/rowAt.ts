import type { SpanBatch } from '../../otlp/spanBatch';

/** The span whose bytes are around `place`; undefined where it is outside of them. */
export function rowAt({ count, offset, length }: SpanBatch, place: number): number | undefined {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offset[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  const row = low - 1;
  return row >= 0 && place < (offset[row] ?? 0) + (length[row] ?? 0) ? row : undefined;
}
