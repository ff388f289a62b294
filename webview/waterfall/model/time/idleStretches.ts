import type { TraceColumns } from '../../../../src/core/columns/traceColumns';
import type { TimeRange } from '../timeRange';

type Times = Pick<TraceColumns, 'count' | 'descendants' | 'start' | 'spanDuration' | 'duration'>;

/** About as many of the longest stretches are looked at; a view has room for no more. */
const mostStretches = 256;

/**
 * Where nothing happens: no span without children runs, and no span at all begins or ends. ns from the trace's start,
 * in order, the longest of them, at least `least` ns long. n log n: three sorts of numbers.
 */
export function idleStretches(columns: Times, least: number): TimeRange[] {
  return splitAtEdges(columns, withoutLeaves(columns, least)).filter(stretch => lengthOf(stretch) >= least);
}

export function lengthOf({ start, end }: TimeRange): number {
  return end - start;
}

function endOf({ start, spanDuration }: Times, row: number): number {
  return (start[row] ?? 0) + Math.max(0, spanDuration[row] ?? 0);
}

/** The stretches of the trace that no span without children covers. */
function withoutLeaves(columns: Times, least: number): TimeRange[] {
  const { count, descendants, duration } = columns;
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  let leaves = 0;
  for (let row = 0; row < count; row++) {
    if ((descendants[row] ?? 0) > 0) continue;
    starts[leaves] = columns.start[row] ?? 0;
    ends[leaves] = endOf(columns, row);
    leaves++;
  }
  const from = starts.subarray(0, leaves).sort();
  const to = ends.subarray(0, leaves).sort();
  // The n-th end in order is that of the last running span exactly where only n spans have begun before it.
  const startOf = (n: number) => (n === 0 ? 0 : (to[n - 1] ?? 0));
  const endsAt = (n: number) => from[n] ?? duration;
  const lengths = new Float64Array(leaves + 1).map((_, n) => endsAt(n) - startOf(n));
  // Of a million stretches no more become objects than may be looked at.
  const longest = lengths.slice().sort();
  const enough = Math.max(least, longest[longest.length - mostStretches] ?? 0);
  const stretches: TimeRange[] = [];
  // Those that are just as long as the last one that counts may be any number.
  let equal = 0;
  lengths.forEach((length, n) => {
    if (length > enough || (length === enough && equal++ < mostStretches))
      stretches.push({ start: startOf(n), end: endsAt(n) });
  });
  return stretches;
}

/** Cuts the stretches, which are in order, wherever a span begins or ends. */
function splitAtEdges(columns: Times, stretches: readonly TimeRange[]): TimeRange[] {
  const cuts = stretches.map(({ start, end }) => new Set([start, end]));
  const from = Float64Array.from(stretches, stretch => stretch.start);
  const cut = (time: number) => {
    const at = lastAtOrBefore(from, time);
    const stretch = stretches[at];
    if (stretch && time < stretch.end) cuts[at]?.add(time);
  };
  for (let row = 0; row < columns.count; row++) {
    if (stretches.length === 0 || (columns.descendants[row] ?? 0) === 0) continue;
    cut(columns.start[row] ?? 0);
    cut(endOf(columns, row));
  }
  return cuts.flatMap(times => {
    const sorted = [...times].sort((a, b) => a - b);
    return sorted.slice(1).map((end, i) => ({ start: sorted[i] ?? 0, end }));
  });
}

/** The place of the last of `sorted` that is not above `value`, or -1. */
export function lastAtOrBefore(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
