/** SQLITE_NOMEM. */
export const outOfMemory = 7;
/** SQLITE_FULL: the database has the length that it may have. */
export const databaseFull = 13;

/** What SQLite answered that is no success; `code` is its result code. */
export class SqlError extends Error {
  override readonly name = 'SqlError';

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Whether SQLite got no memory; what it was asked for may succeed later. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof SqlError && error.code === outOfMemory;
}
