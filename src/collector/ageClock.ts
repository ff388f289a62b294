import { uptime } from 'node:os';

/** Reading the uptime takes longer than storing a small request does: it is read this often, ms. */
const readEveryMs = 1000;
/** The uptime is coarse: less than this is no sleep, ms. */
const shortestSleepMs = 2000;

/**
 * A clock to measure ages by, ms since the epoch: the wall clock as it was when this was called, going on with the time
 * that has passed since, sleep of the machine included. A wall clock that is set, forward or backward, does not change it.
 */
export function ageClock(
  wall: () => number = Date.now,
  uptimeSeconds: () => number = uptime,
  monotonic: () => number = () => performance.now(),
): () => number {
  const began = { wall: wall(), uptime: uptimeSeconds() * 1000, monotonic: monotonic() };
  let readAt = began.monotonic;
  // The monotonic clock stands still while the machine sleeps, the uptime goes on.
  let slept = 0;
  return () => {
    const now = monotonic();
    const awake = now - began.monotonic;
    if (now - readAt >= readEveryMs) {
      readAt = now;
      const difference = uptimeSeconds() * 1000 - began.uptime - awake;
      if (difference > slept + shortestSleepMs) slept = difference;
    }
    return began.wall + awake + slept;
  };
}
