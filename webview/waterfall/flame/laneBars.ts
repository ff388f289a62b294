import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import type { TimeScale } from '../model/timeScale';
import type { FlameLayout } from './flameLayout';

/** What is drawn as one rectangle: a span, or several that are each narrower than a pixel. */
export interface FlameBar {
  /** The span, or the first of several. */
  readonly row: number;
  /** Its place in the layout's `order`; the others follow. */
  readonly place: number;
  /** Pixels of the time column; the width is 1 at least. */
  readonly x: number;
  readonly width: number;
  readonly spans: number;
  readonly errors: number;
}

type Times = Pick<TraceColumns, 'start' | 'spanDuration'>;

/** The bars of a lane that are in view, from left to right: no more than there are pixels, however many spans. */
export function laneBars(columns: Times, layout: FlameLayout, lane: number, scale: TimeScale): FlameBar[] {
  const { order, errorsBefore } = layout;
  const [from, to] = [layout.first[lane] ?? 0, layout.first[lane + 1] ?? 0];
  const bars: FlameBar[] = [];
  const add = (place: number, next: number, x: number, width: number) =>
    bars.push({
      row: order[place] ?? 0,
      place,
      x,
      width,
      spans: next - place,
      errors: (errorsBefore[next] ?? 0) - (errorsBefore[place] ?? 0),
    });
  let place = firstWhere(from, to, at => endOf(columns, order[at] ?? 0) >= scale.range.start);
  while (place < to) {
    const row = order[place] ?? 0;
    const start = columns.start[row] ?? 0;
    if (start > scale.range.end) break;
    const left = scale.x(start);
    const right = scale.x(endOf(columns, row));
    if (right - left >= 1) {
      add(place, place + 1, left, right - left);
      place++;
      continue;
    }
    // All that begins in this pixel, found by bisection: a million spans must not be walked through one by one.
    const pixel = Math.floor(left);
    const limit = scale.time(pixel + 1);
    const begin = place + 1;
    const next = firstWhere(begin, to, at => (columns.start[order[at] ?? 0] ?? 0) >= limit);
    // The last of them may reach further.
    const last = scale.x(endOf(columns, order[next - 1] ?? 0));
    if (last - pixel >= 2 && next > begin) {
      add(place, next - 1, pixel, 1);
      place = next - 1;
      continue;
    }
    add(place, next, pixel, 1);
    place = next;
  }
  return bars;
}

/** The span at a pixel of a lane, or -1: of several in one pixel the first. */
export function rowAt(
  columns: Times,
  layout: FlameLayout,
  lane: number,
  scale: TimeScale,
  x: number,
): number {
  if (lane < 0 || lane >= layout.lanes) return -1;
  const bar = laneBars(columns, layout, lane, scale).find(
    ({ x: left, width }) => x >= left - 1 && x < left + Math.max(2, width),
  );
  return bar?.row ?? -1;
}

function endOf({ start, spanDuration }: Times, row: number): number {
  return (start[row] ?? 0) + Math.max(0, spanDuration[row] ?? 0);
}

/** The first place in [from, to) where `holds`, which then holds to the end; `to` where it never does. */
function firstWhere(from: number, to: number, holds: (place: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
