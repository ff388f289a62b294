import type { FailureReason } from '../protocol/collectorProtocol';

/** A request to the collector that failed. `message` is one sentence for the user, `reason` for programs. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly reason: FailureReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
