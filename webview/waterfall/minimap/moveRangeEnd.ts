import { shortestRange, wholeRange, type TimeRange } from '../model/timeRange';

/** The range with one end elsewhere: within the trace, and never past the other end. */
export function moveRangeEnd(
  range: TimeRange,
  end: 'start' | 'end',
  time: number,
  duration: number,
): TimeRange {
  const last = wholeRange(duration).end;
  const least = Math.min(shortestRange, last);
  return end === 'start'
    ? { start: Math.max(0, Math.min(time, range.end - least)), end: range.end }
    : { start: range.start, end: Math.min(last, Math.max(time, range.start + least)) };
}
