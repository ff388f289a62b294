import type { FailureReason } from '../../protocol/collectorProtocol';

/** A request that cannot be answered, as its client is told: `message` is one sentence for the user. */
export class RpcFailure extends Error {
  override readonly name = 'RpcFailure';

  constructor(
    readonly reason: FailureReason,
    message: string,
  ) {
    super(message);
  }
}
