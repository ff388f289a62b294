/** A span of a fragment: what lists, trees and filters need of it, and where all of it is. Reused, not kept. */
export interface SpanRecord {
  /** Halves of ids are unsigned; a parent of 0, 0 is none. */
  spanHigh: number;
  spanLow: number;
  parentHigh: number;
  parentLow: number;
  /** Whole microseconds since the epoch, and the rest in nanoseconds (0..999). */
  startMicros: number;
  startNanos: number;
  /** Nanoseconds, negative where the span ends before it starts. */
  duration: number;
  /** Rows of the dictionaries. */
  name: number;
  resource: number;
  scope: number;
  service: number;
  kind: number;
  status: number;
  category: number;
  features: number;
  flags: number;
  /** Of the encoded Span, counted from the start of its request. */
  offset: number;
  length: number;
}

export function newSpanRecord(): SpanRecord {
  return {
    spanHigh: 0,
    spanLow: 0,
    parentHigh: 0,
    parentLow: 0,
    startMicros: 0,
    startNanos: 0,
    duration: 0,
    name: 0,
    resource: 0,
    scope: 0,
    service: 0,
    kind: 0,
    status: 0,
    category: 0,
    features: 0,
    flags: 0,
    offset: 0,
    length: 0,
  };
}
