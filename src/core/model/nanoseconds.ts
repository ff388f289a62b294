/**
 * A point in time in nanoseconds since the Unix epoch, or a span of nanoseconds. Always a bigint: 2026 is about
 * 1.77e18 ns and a double is exact to 9.0e15 only. Plain numbers are used for offsets from a trace's start, in views.
 */
export type Nanoseconds = bigint & { readonly __brand: 'Nanoseconds' };

export function nanoseconds(value: bigint): Nanoseconds {
  return value as Nanoseconds;
}
