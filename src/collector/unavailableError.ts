/** Spans cannot be kept now; nothing of the request was. Whoever sent it should send it again later. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}
