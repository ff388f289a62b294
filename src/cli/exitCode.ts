/** What a command answers the shell. */
export const exitCode = {
  done: 0,
  /** Not found, or failed; one line on stderr says what. */
  failed: 1,
  /** The command line makes no sense; the usage is on stderr. */
  usage: 2,
} as const;

/** Ends a command with exit code 1 and `message` on stderr. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}

/** Ends a command with exit code 2: `message` and the usage on stderr. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
