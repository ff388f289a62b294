import { callClockShift } from './callClockShift';
import type { ParentLinks } from './linkParents';
import type { SpanTable } from './spanTable';
import { RowFlaw } from './traceTree';

/** When each span of the table took place, as far as that can be known. By table row. */
export interface PlacedTimes {
  readonly start: Float64Array;
  readonly duration: Float64Array;
  readonly skew: Float64Array;
}

/**
 * Places the spans in time, parents first, and marks in `flaws` those whose recorded times are flawed:
 *
 * - Clock skew: a child in another service is moved by callClockShift; everything below it in its own service has the
 *   same clock and moves along. With `correctSkew` false it is marked only.
 * - A start of 0 is unknown: the span begins with its parent (a root with the earliest span) and lasts until its end.
 * - An end before the start is kept as recorded, and counts as no time.
 */
export function placeInTime(
  table: SpanTable,
  { parent, order }: ParentLinks,
  flaws: Uint8Array,
  correctSkew: boolean,
): PlacedTimes {
  const { count, service, kind, status } = table;
  const start = table.start.slice(0, count);
  const duration = table.duration.slice(0, count);
  const skew = new Float64Array(count);
  const shifts = new Float64Array(count);
  const earliest = markRecordedTimes(table, flaws);
  const isUnknown = (row: number): boolean => ((flaws[row] ?? 0) & RowFlaw.ZeroTime) !== 0;

  for (const row of order) {
    const above = parent[row] ?? -1;
    const sameClock = above >= 0 && service[above] === service[row];
    if (sameClock) shifts[row] = shifts[above] ?? 0;
    if (isUnknown(row)) {
      const shift = correctSkew ? (shifts[row] ?? 0) : 0;
      const end = (table.start[row] ?? 0) + (table.duration[row] ?? 0) + shift;
      const from = above >= 0 ? (start[above] ?? 0) : earliest;
      start[row] = from;
      duration[row] = Math.max(0, end - from);
      continue;
    }
    if (above >= 0 && !sameClock && !isUnknown(above)) {
      shifts[row] = callClockShift({
        parentStart: (table.start[above] ?? 0) + (shifts[above] ?? 0),
        parentDuration: Math.max(0, duration[above] ?? 0),
        parentKind: kind[above] ?? 0,
        parentStatus: status[above] ?? 0,
        parentShift: shifts[above] ?? 0,
        childStart: table.start[row] ?? 0,
        childDuration: Math.max(0, duration[row] ?? 0),
        childKind: kind[row] ?? 0,
      });
    }
    const shift = shifts[row] ?? 0;
    if (shift === 0) continue;
    flaws[row] = (flaws[row] ?? 0) | RowFlaw.ClockSkew;
    if (!correctSkew) continue;
    skew[row] = shift;
    start[row] = (table.start[row] ?? 0) + shift;
  }
  return { start, duration, skew };
}

/**
 * Today's nanoseconds are rounded to 256 as a double. Only an unknown start is before `base`, where that is the earliest
 * known one.
 */
const startRounding = 1024;

/** Marks unknown starts and negative durations; the earliest start that is known, or the earliest end where none is. */
function markRecordedTimes(table: SpanTable, flaws: Uint8Array): number {
  const base = Number(table.base);
  let earliestStart = Infinity;
  let earliestEnd = Infinity;
  for (let row = 0; row < table.count; row++) {
    const start = table.start[row] ?? 0;
    const duration = table.duration[row] ?? 0;
    if (base + start <= (start < 0 ? startRounding : 0)) flaws[row] = (flaws[row] ?? 0) | RowFlaw.ZeroTime;
    else if (start < earliestStart) earliestStart = start;
    if (start + duration < earliestEnd) earliestEnd = start + duration;
    if (duration < 0) flaws[row] = (flaws[row] ?? 0) | RowFlaw.NegativeDuration;
  }
  if (earliestStart < Infinity) return earliestStart;
  return earliestEnd < Infinity ? earliestEnd : 0;
}
