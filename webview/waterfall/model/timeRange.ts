/** A stretch of the trace, ns from its start; end > start. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** Nothing shorter is shown: at 10 ns a span's own nanoseconds are wide apart on screen. */
export const shortestRange = 10;

export function wholeRange(duration: number): TimeRange {
  return { start: 0, end: Math.max(duration, 1) };
}

export function isWhole(range: TimeRange, duration: number): boolean {
  return range.start <= 0 && range.end >= duration;
}

/** `range` moved and shortened so that it lies within the trace. */
export function clampRange(range: TimeRange, duration: number): TimeRange {
  const whole = wholeRange(duration);
  // What needs no change stays the very numbers it was, or zooming in and out again would drift.
  if (range.start >= 0 && range.end <= whole.end && range.end - range.start >= shortestRange) return range;
  const length = Math.min(whole.end, Math.max(Math.min(shortestRange, whole.end), range.end - range.start));
  const start = Math.min(whole.end - length, Math.max(0, range.start));
  return Number.isFinite(start + length) ? { start, end: start + length } : whole;
}

/** Shows `factor` times as much time (below 1: nearer), while the time `fixed` keeps its place on screen. */
export function zoomRange(range: TimeRange, factor: number, fixed: number, duration: number): TimeRange {
  const longest = wholeRange(duration).end;
  const before = range.end - range.start;
  const length = Math.min(longest, Math.max(Math.min(shortestRange, longest), before * factor));
  const start = fixed - ((fixed - range.start) / before) * length;
  return clampRange({ start, end: start + length }, duration);
}

/** Moves the range by `by` ns, as far as the trace goes. */
export function panRange(range: TimeRange, by: number, duration: number): TimeRange {
  return clampRange({ start: range.start + by, end: range.end + by }, duration);
}
