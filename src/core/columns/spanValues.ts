/** What a value is: which of OTLP's types, and how it is kept. */
export const enum ValueType {
  /** The span has none. */
  None = 0,
  /** `number` is an index into `strings`. */
  String = 1,
  /** `number` is 0 or 1. */
  Bool = 2,
  /** An int64 within ±(2^53 - 1). */
  Int = 3,
  Double = 4,
  /** An int64 beyond that: `number` is the index of its decimal digits in `strings`. */
  LongInt = 5,
  /** An array, a map, bytes or an empty value: `number` is the index of its JSON in `strings`. */
  Json = 6,
}

/** One value each of many spans of a trace, as columns: row i of every column is the same span. In no order. */
export interface SpanValues {
  readonly count: number;
  readonly spanIdHigh: Uint32Array;
  readonly spanIdLow: Uint32Array;
  /** ValueType; never None. */
  readonly type: Uint8Array;
  readonly number: Float64Array;
  readonly strings: readonly string[];
}
