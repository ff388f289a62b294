import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import type { PathIndex } from '../model/pathIndex';
import { PixelCoverage } from '../model/pixelCoverage';
import type { TimeScale } from '../model/timeScale';

type Columns = Pick<TraceColumns, 'pathRow' | 'pathStart' | 'pathEnd'>;

/** With fewer stretches a pass over them is quicker than jumping. */
const many = 4096;

/**
 * The stretches of the critical path that rows `row` to `last` decided, as flat pairs of pixels: from, to. Stretches that lie
 * in a pixel that is covered already are jumped over, so that a million of them cost no more than the pixels do.
 */
export function pathRuns(
  { pathRow, pathStart, pathEnd }: Columns,
  { first, order }: PathIndex,
  row: number,
  last: number,
  scale: TimeScale,
): number[] {
  const covered = new PixelCoverage(scale.width);
  const from = first[row] ?? 0;
  const stop = first[last + 1] ?? 0;
  const isLarge = stop - from > many;
  // Those of one row are in order of time. Those of several are not, but the path as a whole is.
  const isWhole = isLarge && last > row;
  const stretchAt = (at: number): number => (isWhole ? at : (order[at] ?? 0));
  const end = isWhole ? pathRow.length : stop;
  /** The first of at … end that ends after a time. */
  const endingAfter = (time: number, at: number): number => {
    let low = at;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pathEnd[stretchAt(middle)] ?? 0) > time) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  let at = isWhole ? 0 : from;
  if (isLarge) at = endingAfter(scale.time(0), at);
  while (at < end) {
    const stretch = stretchAt(at++);
    const of = pathRow[stretch] ?? 0;
    if (of < row || of > last) continue;
    const left = scale.x(pathStart[stretch] ?? 0);
    const right = scale.x(pathEnd[stretch] ?? 0);
    if (left > scale.width && isLarge) break;
    if (right < 0 || left > scale.width) continue;
    covered.add(left, right, 1);
    if (!isLarge) continue;
    // PixelCoverage rounds: what ends before the middle of the last covered pixel adds nothing.
    const past = Math.max(Math.round(left) + 1, Math.round(right));
    at = endingAfter(scale.time(past - 0.5), at);
  }
  return covered.runs();
}
