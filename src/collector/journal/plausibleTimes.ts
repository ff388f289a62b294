/**
 * Times at which files were written one after the other, oldest first, ms since the epoch, put right where the clock was
 * wrong when they were: one in the future becomes the next one that is not, or `now`, and none is before an earlier
 * one. Without it, files of a year to come would stay for ever, and files of 1970 go at once.
 */
export function plausibleTimes(times: readonly number[], now: number): number[] {
  const result = [...times];
  let next = now;
  for (let i = result.length - 1; i >= 0; i--) {
    const time = result[i] ?? now;
    if (time > now) result[i] = next;
    else next = time;
  }
  let before = -Infinity;
  return result.map(time => (before = Math.max(before, time)));
}
