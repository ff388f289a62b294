import { panRange, wholeRange, zoomRange } from '../model/timeRange';
import type { WaterfallModel } from '../model/waterfallModel';

/** Room on either side of a span that is shown from end to end, of its length. */
const fitMargin = 0.05;
const zoomPerKey = 1.25;
const panPerKey = 0.15;

/** Shows a span from end to end; -1: nothing happens. */
export function fitSpan(model: WaterfallModel, row: number): void {
  if (row < 0) return;
  const start = model.columns.start[row] ?? 0;
  const length = Math.max(1, model.columns.spanDuration[row] ?? 0);
  model.setRange({ start: start - length * fitMargin, end: start + length * (1 + fitMargin) });
}

/** The time keys of the waterfall: w and s zoom, a and d pan, f fits the selected span, 0 the trace. */
export function timeKey(model: WaterfallModel, key: string): boolean {
  const { range, columns } = model;
  const length = range.end - range.start;
  const middle = range.start + length / 2;
  switch (key) {
    case 'w':
      model.setRange(zoomRange(range, 1 / zoomPerKey, middle, columns.duration));
      return true;
    case 's':
      model.setRange(zoomRange(range, zoomPerKey, middle, columns.duration));
      return true;
    case 'a':
      model.setRange(panRange(range, -length * panPerKey, columns.duration));
      return true;
    case 'd':
      model.setRange(panRange(range, length * panPerKey, columns.duration));
      return true;
    case 'f':
      fitSpan(model, model.selected);
      return true;
    case '0':
      model.setRange(wholeRange(columns.duration));
      return true;
    default:
      return false;
  }
}
