import type { RejectedSpans } from './spanBatch';

/** A span that breaks a rule of OTLP: it is left out and counted, the others of its request are kept. */
export class InvalidSpanError extends Error {
  override readonly name = 'InvalidSpanError';
  readonly reason: RejectedSpans['reason'];

  constructor(reason: RejectedSpans['reason']) {
    super(reason);
    this.reason = reason;
  }
}
