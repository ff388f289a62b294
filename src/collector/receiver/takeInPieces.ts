import { slices } from '../slices';

/** Pieces that may be on their way to the disk at once: what is in memory twice is no more than that. */
const maxPending = 2;

/**
 * Takes a request piece by piece, with the event loop free in between. All pieces are looked at by `check` first, so that
 * nothing of a request is taken that is malformed anywhere; `pieces` is asked twice, therefore. Pieces are taken in
 * order; the first that fails ends it, and those before it stay: whoever sends the request again sends them again, too.
 * Rejects with what `pieces`, `check` or `take` throws.
 */
export async function takeInPieces<P>(
  pieces: () => Iterable<P | undefined>,
  check: (piece: P) => void,
  take: (piece: P) => Promise<void>,
): Promise<void> {
  const pause = slices();
  for (const piece of pieces()) {
    if (piece !== undefined) check(piece);
    await pause();
  }
  const pending: Promise<void>[] = [];
  try {
    for (const piece of pieces()) {
      if (piece !== undefined) {
        const taken = take(piece);
        // It may fail before its turn to be waited for comes, which is no reason to end the process.
        taken.catch(() => undefined);
        pending.push(taken);
      }
      const oldest = pending.length > maxPending ? pending.shift() : undefined;
      await oldest;
      await pause();
    }
    for (let oldest = pending.shift(); oldest; oldest = pending.shift()) await oldest;
  } finally {
    await Promise.allSettled(pending);
  }
}
