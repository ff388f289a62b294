import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import type { PathIndex } from '../model/pathIndex';
import { PixelCoverage } from '../model/pixelCoverage';
import type { TimeScale } from '../model/timeScale';

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

/** The bar of `row`. O(children), and O(critical path below) when folded: callers keep it while the scale stays. */
export function layOutBar(
  columns: TraceColumns,
  index: PathIndex,
  row: number,
  folded: boolean,
  scale: TimeScale,
): Bar {
  const clip = (x: number) => Math.min(scale.width + overhang, Math.max(-overhang, x));
  const start = columns.start[row] ?? 0;
  const end = start + Math.max(0, columns.spanDuration[row] ?? 0);
  const left = clip(scale.x(start));
  const width = Math.max(thinnest, clip(scale.x(end)) - left);

  const covered = new PixelCoverage(width);
  const last = row + (columns.descendants[row] ?? 0);
  for (let child = row + 1; child <= last; child += 1 + (columns.descendants[child] ?? 0)) {
    const from = columns.start[child] ?? 0;
    const to = from + Math.max(0, columns.spanDuration[child] ?? 0);
    // A child shorter than half a pixel covers nothing: a thousand of them must not look like one long one.
    if (to > start && from < end) covered.add(clip(scale.x(from)) - left, clip(scale.x(to)) - left, 0);
  }
  const children = covered.runs().map(x => left + x);

  const stretches = new PixelCoverage(scale.width);
  const stop = index.first[(folded ? last : row) + 1] ?? 0;
  for (let at = index.first[row] ?? 0; at < stop; at++) {
    const stretch = index.order[at] ?? 0;
    const from = scale.x(columns.pathStart[stretch] ?? 0);
    const to = scale.x(columns.pathEnd[stretch] ?? 0);
    if (to >= 0 && from <= scale.width) stretches.add(from, to, 1);
  }
  return { x: left, width, children, path: stretches.runs() };
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
