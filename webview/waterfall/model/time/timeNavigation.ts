import { panRange, shortestRange, wholeRange, type TimeRange } from '../timeRange';
import type { WaterfallModel } from '../waterfallModel';
import { ZoomGesture } from './zoomGesture';

/** A step of zooming (a notch of the wheel, a press of a key) shows this many times as much or as little. */
export const zoomPerStep = 1.25;
/** Room on either side of what is fitted into the view, of its length. */
const fitMargin = 0.05;

type Timed = Pick<WaterfallModel, 'range' | 'axis' | 'columns' | 'selected' | 'setRange'>;

/** Moves the visible stretch of time, along the axis that is shown. */
export class TimeNavigation {
  private gesture: { readonly about: number | undefined; readonly zoom: ZoomGesture } | undefined;

  constructor(private readonly model: Timed) {}

  /**
   * Zooms by `steps`, in below 0. `about`: pixels of the pointer, and the time there, which keeps its place; else that is
   * the middle of the selected span, or of the view where the span is not in it.
   */
  zoom(steps: number, about?: { readonly x: number; readonly time: number }): void {
    const { model } = this;
    const goesOn =
      this.gesture?.about === about?.x && this.gesture?.zoom.continues(model.range, model.axis) === true;
    if (!this.gesture || !goesOn)
      this.gesture = {
        about: about?.x,
        zoom: new ZoomGesture(model.range, about?.time ?? this.middle(), model.axis, zoomPerStep),
      };
    model.setRange(this.gesture.zoom.by(steps));
  }

  /** Moves the view by `share` of its length, to the right above 0. */
  pan(share: number): void {
    const { start, end } = this.model.axis.placesOf(this.model.range);
    this.panFrom(this.model.range, (end - start) * share);
  }

  /** Moves the view to where `range` is, moved by `places` of the axis. */
  panFrom(range: TimeRange, places: number): void {
    const { axis } = this.model;
    this.model.setRange(axis.timesOf(panRange(axis.placesOf(range), places, axis.length)));
  }

  fitTrace(): void {
    this.model.setRange(wholeRange(this.model.columns.duration));
  }

  /** Shows the selected span from end to end. */
  fitSelection(): void {
    const span = this.selectedSpan();
    if (!span) return;
    const { axis } = this.model;
    const { start, end } = axis.placesOf(span);
    const margin = Math.max((end - start) * fitMargin, shortestRange / 2);
    this.model.setRange(axis.timesOf({ start: start - margin, end: end + margin }));
  }

  private middle(): number {
    const { axis, range } = this.model;
    const span = this.selectedSpan();
    const seen =
      span && span.start < range.end && span.end > range.start
        ? { start: Math.max(span.start, range.start), end: Math.min(span.end, range.end) }
        : range;
    const { start, end } = axis.placesOf(seen);
    return axis.time((start + end) / 2);
  }

  private selectedSpan(): TimeRange | undefined {
    const { columns, selected } = this.model;
    if (selected < 0) return undefined;
    const start = columns.start[selected] ?? 0;
    return { start, end: start + Math.max(0, columns.spanDuration[selected] ?? 0) };
  }
}
