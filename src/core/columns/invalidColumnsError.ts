/** A buffer is no encoded TraceColumns; the message says what is wrong with it. */
export class InvalidColumnsError extends Error {
  override readonly name = 'InvalidColumnsError';
}
