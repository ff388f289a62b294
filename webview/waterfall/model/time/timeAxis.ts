import { clampRange, shortestRange, type TimeRange } from '../timeRange';
import { lastAtOrBefore, lengthOf } from './idleStretches';

/**
 * Time to places along the axis and back. A place is the time, ns from the trace's start, without what is squeezed: every
 * squeezed stretch takes `room` places whatever its length. Rising everywhere, so that each place is one time. Zooming
 * and panning count in places, so that what is under the pointer stays there.
 */
export class TimeAxis {
  /** In order, with the places at which they begin. */
  private readonly starts: Float64Array;
  private readonly places: Float64Array;
  /** Places of the whole trace. */
  readonly length: number;

  /** `breaks`: the squeezed stretches in order, not overlapping. `room`: less than the shortest of them. */
  constructor(
    private readonly duration: number,
    readonly breaks: readonly TimeRange[] = [],
    private readonly room = 0,
  ) {
    this.starts = Float64Array.from(breaks, stretch => stretch.start);
    this.places = new Float64Array(breaks.length);
    let skipped = 0;
    breaks.forEach((stretch, i) => {
      this.places[i] = stretch.start - skipped;
      skipped += lengthOf(stretch) - room;
    });
    this.length = Math.max(1, duration - skipped);
  }

  /** Time that no place is given to, ns. */
  get skipped(): number {
    return this.breaks.reduce((sum, stretch) => sum + lengthOf(stretch) - this.room, 0);
  }

  place(time: number): number {
    const at = lastAtOrBefore(this.starts, time);
    const stretch = this.breaks[at];
    if (!stretch) return time;
    const from = this.places[at] ?? 0;
    if (time >= stretch.end) return from + this.room + (time - stretch.end);
    return from + ((time - stretch.start) / lengthOf(stretch)) * this.room;
  }

  time(place: number): number {
    const at = lastAtOrBefore(this.places, place);
    const stretch = this.breaks[at];
    if (!stretch) return place;
    const within = place - (this.places[at] ?? 0);
    if (within >= this.room) return stretch.end + (within - this.room);
    return stretch.start + (within / this.room) * lengthOf(stretch);
  }

  /** The places of a range of time. */
  placesOf({ start, end }: TimeRange): TimeRange {
    return { start: this.place(start), end: this.place(end) };
  }

  /** `range` within the trace, and wide enough on this axis to be shown: inside a squeezed stretch there is nothing. */
  clamp(range: TimeRange): TimeRange {
    const inTrace = clampRange(range, this.duration);
    const { start, end } = this.placesOf(inTrace);
    if (this.breaks.length === 0 || end - start >= shortestRange) return inTrace;
    const middle = (start + end - shortestRange) / 2;
    return this.timesOf(clampRange({ start: middle, end: middle + shortestRange }, this.length));
  }

  timesOf({ start, end }: TimeRange): TimeRange {
    return { start: this.time(start), end: this.time(end) };
  }
}
