import type { WaterfallModel } from '../model/waterfallModel';
import type { TimeScale } from '../model/timeScale';
import { layOutBar, type Bar } from './bars';

/** Bars of the rows seen lately: while the list scrolls only rows that come into view are laid out. */
export class BarCache {
  private readonly bars = new Map<number, Bar>();
  private scale: TimeScale | undefined;

  constructor(private readonly model: WaterfallModel) {}

  clear(): void {
    this.bars.clear();
  }

  get(row: number, scale: TimeScale): Bar {
    if (this.scale !== scale) this.bars.clear();
    this.scale = scale;
    const known = this.bars.get(row);
    if (known) return known;
    if (this.bars.size > 2000) this.bars.clear();
    const bar = layOutBar(this.model.columns, this.model.path, row, this.model.isFolded(row), scale);
    this.bars.set(row, bar);
    return bar;
  }
}
