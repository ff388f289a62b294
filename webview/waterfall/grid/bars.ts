import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import type { PathIndex } from '../model/pathIndex';
import type { ChildrenCover } from '../model/childrenCover';
import { PixelCoverage } from '../model/pixelCoverage';
import type { TimeScale } from '../model/timeScale';
import { pathRuns } from './pathRuns';

/** What the canvas draws for one row; pixels of the time column. */
export interface Bar {
  readonly x: number;
  /** At least `thinnest`, so that every span is seen. */
  readonly width: number;
  /** Stretches in which a child was running: flat pairs from, to. The rest is self time. */
  readonly children: readonly number[];
  /** Stretches that lie on the critical path, those of folded rows below included: flat pairs from, to. */
  readonly path: readonly number[];
  /** Of a line that stands for many spans: how full it is, as DensityBar.runs(). */
  readonly density?: readonly number[];
  /** Of such a line: where a span failed. */
  readonly failed?: readonly number[];
}

export const thinnest = 2;

/** How far outside the column a bar is drawn: beyond that, coordinates of a deep zoom lose precision. */
export const overhang = 16;

/**
 * The bar of `row`; callers keep it while the scale stays. `cover`: of a row with many children, without which it is
 * O(children).
 */
export function layOutBar(
  columns: TraceColumns,
  index: PathIndex,
  row: number,
  folded: boolean,
  scale: TimeScale,
  cover?: ChildrenCover,
): Bar {
  const start = columns.start[row] ?? 0;
  const end = start + Math.max(0, columns.spanDuration[row] ?? 0);
  const left = clip(scale.x(start), scale);
  const width = Math.max(thinnest, clip(scale.x(end), scale) - left);

  const last = row + (columns.descendants[row] ?? 0);
  const children = cover
    ? mostlyCovered(cover, left, width, scale)
    : childrenRuns(columns, row, left, width, scale).map(x => left + x);
  return { x: left, width, children, path: pathRuns(columns, index, row, folded ? last : row, scale) };
}

/** The pixels that any child covers, from the bar's left edge. */
function childrenRuns(
  columns: TraceColumns,
  row: number,
  left: number,
  width: number,
  scale: TimeScale,
): number[] {
  const start = columns.start[row] ?? 0;
  const end = start + Math.max(0, columns.spanDuration[row] ?? 0);
  const covered = new PixelCoverage(width);
  const last = row + (columns.descendants[row] ?? 0);
  for (let child = row + 1; child <= last; child += 1 + (columns.descendants[child] ?? 0)) {
    const from = columns.start[child] ?? 0;
    const to = from + Math.max(0, columns.spanDuration[child] ?? 0);
    // A child shorter than half a pixel covers nothing: a thousand of them must not look like one long one.
    if (to > start && from < end)
      covered.add(clip(scale.x(from), scale) - left, clip(scale.x(to), scale) - left, 0);
  }
  return covered.runs();
}

/** The pixels of a bar in which children were running for half of the time or more. */
function mostlyCovered(cover: ChildrenCover, left: number, width: number, scale: TimeScale): number[] {
  const runs: number[] = [];
  let isOpen = false;
  let time = scale.time(left);
  let until = cover.until(time);
  for (let x = left; x < left + width; x++) {
    const nextTime = scale.time(x + 1);
    const nextUntil = cover.until(nextTime);
    const isCovered = 2 * (nextUntil - until) >= nextTime - time;
    if (isCovered !== isOpen) runs.push(x);
    isOpen = isCovered;
    time = nextTime;
    until = nextUntil;
  }
  if (isOpen) runs.push(left + width);
  return runs;
}

function clip(x: number, scale: TimeScale): number {
  return Math.min(scale.width + overhang, Math.max(-overhang, x));
}

/** Where text beside a bar goes: right of it, else left of it, else inside it, else nowhere. */
export function placeText(
  bar: Pick<Bar, 'x' | 'width'>,
  textWidth: number,
  columnWidth: number,
): { x: number; where: 'right' | 'left' | 'inside' } | undefined {
  const gap = 6;
  const left = Math.max(0, bar.x);
  const right = Math.min(columnWidth, bar.x + bar.width);
  if (right <= 0 || left >= columnWidth) return undefined;
  if (right + gap + textWidth <= columnWidth) return { x: right + gap, where: 'right' };
  if (left - gap - textWidth >= 0) return { x: left - gap - textWidth, where: 'left' };
  if (right - left >= textWidth + 2 * gap) return { x: right - gap - textWidth, where: 'inside' };
  return undefined;
}
