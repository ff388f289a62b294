import { uptime } from 'node:os';

/**
 * A clock to measure ages by, ms since the epoch: the wall clock as it was when this was called, going on with the time
 * since the machine was started, sleep included. A wall clock that is set, forward or backward, does not change it.
 */
export function ageClock(wall: () => number = Date.now, uptimeSeconds: () => number = uptime): () => number {
  const offset = wall() - uptimeSeconds() * 1000;
  return () => offset + uptimeSeconds() * 1000;
}
