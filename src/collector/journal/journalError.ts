/** Why the journal did not take or give what it was asked for. */
export type JournalFailure =
  /** The folder was written by a later version of Causeway. */
  | 'newer-format'
  /** The bytes are not on disk (full, not permitted, input/output error): whoever sent them must send them again. */
  | 'write-failed'
  /** More is waiting to be written than may be kept in memory. */
  | 'overloaded'
  | 'too-large'
  /** The bytes of a span cannot be read back. */
  | 'unreadable'
  | 'closed';

export class JournalError extends Error {
  override readonly name = 'JournalError';

  constructor(
    readonly reason: JournalFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
