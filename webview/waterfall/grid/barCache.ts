import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { ChildrenCovers } from '../model/childrenCover';
import type { WaterfallModel } from '../model/waterfallModel';
import type { TimeScale } from '../model/timeScale';
import type { Bar } from './bars';
import { layOutLine } from './layOutLine';

/** Bars of the lines seen lately: while the list scrolls only lines that come into view are laid out. */
export class BarCache {
  private readonly bars = new Map<number, Bar>();
  private scale: TimeScale | undefined;
  private covers: ChildrenCovers;
  private columns: TraceColumns;

  constructor(private readonly model: WaterfallModel) {
    this.columns = model.columns;
    this.covers = new ChildrenCovers(model.columns);
  }

  clear(): void {
    this.bars.clear();
  }

  get(line: number, scale: TimeScale): Bar {
    if (this.scale !== scale) this.bars.clear();
    this.scale = scale;
    const known = this.bars.get(line);
    if (known) return known;
    if (this.bars.size > 2000) this.bars.clear();
    if (this.columns !== this.model.columns) {
      this.columns = this.model.columns;
      this.covers = new ChildrenCovers(this.columns);
    }
    const bar = layOutLine(this.model, line, scale, this.covers);
    this.bars.set(line, bar);
    return bar;
  }
}
