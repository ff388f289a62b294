/**
 * Waits until `read` gives a value that `good` accepts, and answers it. The error of a time-out says what was seen last.
 */
export async function eventually<T>(
  read: () => Promise<T> | T,
  good: (value: T) => boolean,
  { timeout = 10_000, what = 'the expected value' } = {},
): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const value = await read();
    if (good(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`${what} did not come within ${timeout / 1000} s; last seen: ${JSON.stringify(value)}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
