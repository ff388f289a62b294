/** The first of `places`, at least one, that have `bytes` together. */
export function takeUpTo<Place extends { readonly length: number }>(
  places: readonly Place[],
  bytes: number,
): readonly Place[] {
  let sum = 0;
  const end = places.findIndex((place, i) => (sum += place.length) > bytes && i > 0);
  return end < 0 ? places : places.slice(0, end);
}
