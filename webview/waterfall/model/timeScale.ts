import { TimeAxis } from './time/timeAxis';
import type { TimeRange } from './timeRange';

/** Room left and right of the range, so that marks at either end are whole. */
export const scalePadding = 8;

/** Time to pixels of the time column and back: even along the axis, which may squeeze what is idle. */
export class TimeScale {
  private readonly perPlace: number;
  private readonly first: number;

  /** `width`: CSS pixels of the time column. Without an axis time runs evenly. */
  constructor(
    readonly range: TimeRange,
    readonly width: number,
    readonly axis = new TimeAxis(range.end),
    readonly padding = scalePadding,
  ) {
    this.first = axis.place(range.start);
    this.perPlace = Math.max(1, width - 2 * padding) / (axis.place(range.end) - this.first);
  }

  /** Pixels from the left edge of the time column. */
  x(time: number): number {
    return this.padding + (this.axis.place(time) - this.first) * this.perPlace;
  }

  time(x: number): number {
    return this.axis.time(this.first + (x - this.padding) / this.perPlace);
  }

  /** Places of the axis that so many pixels show; ns where nothing is squeezed. */
  places(pixels: number): number {
    return pixels / this.perPlace;
  }
}
