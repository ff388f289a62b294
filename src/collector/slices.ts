import { setImmediate } from 'node:timers/promises';

/** Work that can wait is done in slices of this length, with the event loop free in between. */
const sliceMs = 8;

/** Answers a function that waits for the event loop's next turn whenever a slice of time is used up. */
export function slices(): () => Promise<void> {
  let end = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < end) return;
    await setImmediate();
    end = performance.now() + sliceMs;
  };
}
