import * as fc from 'fast-check';

/**
 * How long a property is tried: `runs` times, for `ms` at most where that is given. `npm run fuzz` sets the environment:
 * then it is for CAUSEWAY_FUZZ_SECONDS, or once with the seed and path that a failure printed.
 */
export function fuzzBounds(runs: number, ms?: number): fc.Parameters<unknown> {
  const { CAUSEWAY_FUZZ_SECONDS: seconds, CAUSEWAY_FUZZ_SEED: seed, CAUSEWAY_FUZZ_PATH: path } = process.env;
  const limit = seconds === undefined ? ms : Number(seconds) * 1000;
  return {
    numRuns: seconds === undefined ? runs : Number.MAX_SAFE_INTEGER,
    ...(limit === undefined ? {} : { plugins: [fc.interruptAfterTimeLimit(limit)] }),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  };
}

/** A failure of `check` says on which bytes, so that they can be sent again by hand. */
export async function withBytes(bytes: Uint8Array, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new Error(`${text}\nthe bytes, in hex: ${Buffer.from(bytes).toString('hex')}`, { cause: error });
  }
}
