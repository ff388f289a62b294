import { zoomRange, type TimeRange } from '../timeRange';
import type { TimeAxis } from './timeAxis';

/**
 * Zooming in steps about one time. Each step is counted from where the gesture began, so that as many steps out as in
 * come back to exactly the range there was, also where the edge of the trace has pushed the range aside on the way.
 */
export class ZoomGesture {
  private steps = 0;
  private last: TimeRange;

  /** `fixed`: the time that keeps its place on screen. */
  constructor(
    private readonly from: TimeRange,
    readonly fixed: number,
    private readonly axis: TimeAxis,
    /** One step shows this many times as much. */
    private readonly perStep: number,
  ) {
    this.last = from;
  }

  /** Whether the gesture goes on from `range`: nothing else has moved it since. */
  continues(range: TimeRange, axis: TimeAxis): boolean {
    return axis === this.axis && range.start === this.last.start && range.end === this.last.end;
  }

  /** The range after `steps` more: out above 0, in below. A step that the limits make useless is not counted. */
  by(steps: number): TimeRange {
    const range = this.at(this.steps + steps);
    const moved = range.start !== this.last.start || range.end !== this.last.end;
    if (moved) {
      this.steps += steps;
      this.last = range;
    }
    return this.last;
  }

  private at(steps: number): TimeRange {
    if (Math.abs(steps) < 1e-9) return this.from;
    const { axis, from, fixed } = this;
    const places = zoomRange(axis.placesOf(from), this.perStep ** steps, axis.place(fixed), axis.length);
    return axis.timesOf(places);
  }
}
