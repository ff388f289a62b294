/** Structured copy of a model part with 0 for -0. */
export function withoutNegativeZero<T>(part: T): T {
  if (Object.is(part, -0)) return 0 as T;
  if (Array.isArray(part)) return part.map(withoutNegativeZero) as T;
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, withoutNegativeZero(value)]),
  ) as T;
}
