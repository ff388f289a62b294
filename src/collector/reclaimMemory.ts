import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A collection of a heap that is nearly all buffers takes some 20 ms: once in this time is enough, ms. */
const notAgainWithinMs = 5000;

let collectedAt = -Infinity;

/**
 * Gives memory that nobody refers to back to the system now. The engine collects when something new needs room; a
 * collector that turns senders away for want of memory makes nothing new, and would keep what it holds.
 */
export function reclaimMemory(now = performance.now()): void {
  if (now - collectedAt < notAgainWithinMs) return;
  collectedAt = now;
  setFlagsFromString('--expose-gc');
  // A context made now has what the flag brings; those made before have not.
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
}
