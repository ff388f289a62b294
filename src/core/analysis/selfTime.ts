import type { TraceTree } from '../tree/traceTree';

/**
 * Self time of each row, ns: its duration without the time in which at least one of its children was running (the
 * union of the children's intervals, clipped to the span). 0 for spans that end before they start. Linear.
 */
export function selfTime(tree: Pick<TraceTree, 'count' | 'parent' | 'start' | 'duration'>): Float64Array {
  const { count, parent, start, duration } = tree;
  const self = new Float64Array(count);
  // Children come in the order of their start, so one point in time tells what they have covered so far.
  const coveredUntil = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const from = start[row] ?? 0;
    const length = Math.max(0, duration[row] ?? 0);
    self[row] = length;
    coveredUntil[row] = from;
    const above = parent[row] ?? -1;
    if (above < 0) continue;
    const parentEnd = (start[above] ?? 0) + Math.max(0, duration[above] ?? 0);
    const covers = Math.max(from, coveredUntil[above] ?? 0);
    const until = Math.min(from + length, parentEnd);
    if (until <= covers) continue;
    self[above] = (self[above] ?? 0) - (until - covers);
    coveredUntil[above] = until;
  }
  return self;
}
