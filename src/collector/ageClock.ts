import { uptime } from 'node:os';

/** Reading the uptime takes longer than storing a small request does: it is read this often, ms. */
const readEveryMs = 1000;

/**
 * A clock to measure ages by, ms since the epoch: the wall clock as it was when this was called, going on with the time
 * since the machine was started, sleep included (a second late at most). A wall clock that is set, forward or backward,
 * does not change it.
 */
export function ageClock(
  wall: () => number = Date.now,
  uptimeSeconds: () => number = uptime,
  monotonic: () => number = () => performance.now(),
): () => number {
  const offset = wall() - uptimeSeconds() * 1000;
  let readAt = -Infinity;
  let read = 0;
  return () => {
    const now = monotonic();
    if (now - readAt >= readEveryMs) {
      readAt = now;
      read = offset + uptimeSeconds() * 1000;
    }
    return read;
  };
}
