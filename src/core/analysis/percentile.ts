/**
 * The smallest of `sorted` (ascending) that `share` (0 to 1) of them do not exceed: the nearest-rank percentile, one of
 * the values themselves. 0 where there are none.
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] ?? 0;
}
