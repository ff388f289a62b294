import type { TimeRange } from './timeRange';

/** Room left and right of the range, so that marks at either end are whole. */
export const scalePadding = 8;

/** Time to pixels of the time column and back. */
export class TimeScale {
  private readonly perNanosecond: number;

  /** `width`: CSS pixels of the time column. */
  constructor(
    readonly range: TimeRange,
    readonly width: number,
  ) {
    this.perNanosecond = Math.max(1, width - 2 * scalePadding) / (range.end - range.start);
  }

  /** Pixels from the left edge of the time column. */
  x(time: number): number {
    return scalePadding + (time - this.range.start) * this.perNanosecond;
  }

  time(x: number): number {
    return this.range.start + (x - scalePadding) / this.perNanosecond;
  }

  nanoseconds(pixels: number): number {
    return pixels / this.perNanosecond;
  }
}
