/**
 * The spans of one trace as columns, in arrival order: what the store hands to tree and analysis. Row i of every
 * column is the same span. Times are nanoseconds from `base`, exact below 2^53 (104 days).
 */
export interface SpanTable {
  readonly count: number;
  /** Earliest start of the trace that is known (not 0), nanoseconds since the epoch. */
  readonly base: bigint;
  readonly spanIdHigh: Uint32Array;
  readonly spanIdLow: Uint32Array;
  /** Both halves 0 where the span has no parent. */
  readonly parentIdHigh: Uint32Array;
  readonly parentIdLow: Uint32Array;
  /** -Number(base) where the recorded start is 0, which is to say unknown. */
  readonly start: Float64Array;
  /** end - start; negative where a span ends before it starts. */
  readonly duration: Float64Array;
  /** Indices into `strings`. */
  readonly name: Uint32Array;
  readonly service: Uint32Array;
  readonly kind: Uint8Array;
  readonly status: Uint8Array;
  /** Indices into `categories`, as one span alone tells it (the tree refines it, see buildTree). */
  readonly category: Uint8Array;
  /** Bits of SpanFeature. */
  readonly features: Uint8Array;
  readonly strings: readonly string[];
}

/** What a span carries, known without decoding it. */
export const enum SpanFeature {
  Events = 1,
  /** An event named `exception` (semantic conventions, exceptions/exceptions-spans). */
  Exception = 2,
  Links = 4,
  /** `code.*` attributes: it can be opened in the editor. */
  Code = 8,
  /** Sampled-out data: a dropped attributes, events or links count above 0. */
  Dropped = 16,
}
