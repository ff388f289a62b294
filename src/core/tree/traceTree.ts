/**
 * A trace in tree order (depth first, children by start time), as columns. Row r of every column is the same span;
 * `source[r]` is its row in the SpanTable.
 */
export interface TraceTree {
  readonly count: number;
  readonly source: Uint32Array;
  /** Row of the parent, -1 for a root. */
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  /** Rows of the whole subtree below, without the row itself: the next sibling is at r + descendants[r] + 1. */
  readonly descendants: Uint32Array;
  /** Start in ns from `base`, after clock skew correction where one was made (RowFlaw.ClockSkew). */
  readonly start: Float64Array;
  /**
   * end - start in ns as recorded, negative where the end is before the start; where the start is unknown
   * (RowFlaw.ZeroTime), from the place it was given to the recorded end.
   */
  readonly duration: Float64Array;
  /** Nanoseconds that were added to the recorded start to correct clock skew; 0 where none. */
  readonly skew: Float64Array;
  /** Indices into `categories`, refined by the tree (a gateway is a Server span that enters a service). */
  readonly category: Uint8Array;
  /** Bits of RowFlaw. */
  readonly flaws: Uint8Array;
  /** What is wrong with the trace as a whole, one sentence each, for people. */
  readonly warnings: readonly TraceWarning[];
}

export interface TraceWarning {
  readonly code:
    | 'missing-parent'
    | 'several-roots'
    | 'cycle'
    | 'clock-skew'
    | 'negative-duration'
    | 'zero-time'
    | 'dropped';
  readonly message: string;
  /** How many spans it is about. */
  readonly count: number;
}

export const enum RowFlaw {
  /** Its parent id names a span that is not in the trace (not arrived yet, not sampled, or lost). */
  MissingParent = 1,
  /** It was its own ancestor; the link to the parent was cut here. */
  Cycle = 2,
  ClockSkew = 4,
  /** Its end is before its start. */
  NegativeDuration = 8,
  /** Its start is 0: the recorded time is unknown. */
  ZeroTime = 16,
  /** Attributes, events or links were dropped by the SDK. */
  Dropped = 32,
}

export function flawNames(flaws: number): string[] {
  const names: string[] = [];
  if (flaws & RowFlaw.MissingParent) names.push('missing-parent');
  if (flaws & RowFlaw.Cycle) names.push('cycle');
  if (flaws & RowFlaw.ClockSkew) names.push('clock-skew');
  if (flaws & RowFlaw.NegativeDuration) names.push('negative-duration');
  if (flaws & RowFlaw.ZeroTime) names.push('zero-time');
  if (flaws & RowFlaw.Dropped) names.push('dropped');
  return names;
}
