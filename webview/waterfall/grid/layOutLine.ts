import type { ChildrenCovers } from '../model/childrenCover';
import { LineKind } from '../model/lines/lineKind';
import { forEachMember, forEachStretchOf } from '../model/lines/lineRows';
import { kindAt } from '../model/lines/lines';
import { PixelCoverage } from '../model/pixelCoverage';
import type { TimeScale } from '../model/timeScale';
import type { WaterfallModel } from '../model/waterfallModel';
import { layOutBar, overhang, thinnest, type Bar } from './bars';
import { DensityBar } from './densityBar';

/** The bar of a line. O(rows that it stands for): callers keep it while lines and scale stay. `covers`: of its trace. */
export function layOutLine(
  model: WaterfallModel,
  line: number,
  scale: TimeScale,
  covers?: ChildrenCovers,
): Bar {
  const { columns, lines, path } = model;
  if (kindAt(lines, line) === LineKind.Span) {
    const row = lines.row[line] ?? 0;
    return layOutBar(columns, path, row, model.isFolded(row), scale, covers?.get(row));
  }
  const density = new DensityBar(scale);
  const failed = new Set<number>();
  forEachMember(model, line, row => {
    const start = columns.start[row] ?? 0;
    density.add(start, columns.spanDuration[row] ?? 0);
    if (model.isError(row)) failed.add(Math.round(scale.x(start)));
  });
  const stretches = new PixelCoverage(scale.width);
  forEachStretchOf(model, line, stretch => {
    const from = scale.x(columns.pathStart[stretch] ?? 0);
    const to = scale.x(columns.pathEnd[stretch] ?? 0);
    if (to >= 0 && from <= scale.width) stretches.add(from, to, 1);
  });
  const x = Math.min(scale.width + overhang, Math.max(-overhang, density.extent.left));
  const right = Math.min(scale.width + overhang, Math.max(-overhang, density.extent.right));
  return {
    x,
    width: Math.max(thinnest, right - x),
    children: [],
    path: stretches.runs(),
    density: density.runs(),
    failed: [...failed].filter(at => at >= 0 && at <= scale.width),
  };
}
