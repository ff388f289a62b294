import { InvalidJsonError } from '../../otlp/invalidJsonError';
import { MalformedProtobufError } from '../../otlp/malformedProtobufError';
import type { RejectedSpans } from '../../otlp/spanBatch';
import type { Log } from '../log';
import { UnavailableError } from '../unavailableError';
import type { OtlpEncoding } from './contentType';
import type { Destinations, Signal } from './signals';

/** What became of an export request, in terms both transports can say. */
export type ExportOutcome =
  | {
      readonly kind: 'success';
      /** 0 = full success (trace_service.proto, ExportTracePartialSuccess); always so for metrics and logs. */
      readonly rejectedSpans: number;
      readonly message: string;
    }
  /** `field`: what of the request is wrong, as BadRequest.FieldViolation has it; '' is all of it. */
  | { readonly kind: 'bad-data'; readonly message: string; readonly field: string }
  /** Try again later. */
  | { readonly kind: 'unavailable'; readonly message: string };

/** What a client that is told to try again should wait, s. */
export const retryAfterSeconds = 5;

const reasons: Record<RejectedSpans['reason'], string> = {
  'invalid-trace-id': 'trace id that is not 16 bytes or all zero',
  'invalid-span-id': 'span id that is not 8 bytes or all zero',
  'malformed-span': 'malformed span',
};

/** Takes the body of an export request of any signal, in either encoding. Never rejects. */
export async function exportRequest(
  signal: Pick<Signal, 'take'>,
  to: Destinations & { readonly log: Log },
  body: Uint8Array,
  encoding: OtlpEncoding,
): Promise<ExportOutcome> {
  try {
    return success(await signal.take(to, body, encoding));
  } catch (error) {
    if (error instanceof MalformedProtobufError)
      return { kind: 'bad-data', message: error.message, field: '' };
    if (error instanceof InvalidJsonError)
      return { kind: 'bad-data', message: error.message, field: error.path };
    if (error instanceof UnavailableError)
      return {
        kind: 'unavailable',
        message: `The collector cannot keep spans now: ${error.message}. Try again later.`,
      };
    to.log.write('error', 'ingest', error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { kind: 'unavailable', message: 'The collector failed on this request; its log says why.' };
  }
}

function success(rejected: readonly RejectedSpans[]): ExportOutcome {
  const rejectedSpans = rejected.reduce((sum, { count }) => sum + count, 0);
  const message = rejected.map(
    ({ reason, count }) => `${count} span${count === 1 ? '' : 's'}: ${reasons[reason]}`,
  );
  return { kind: 'success', rejectedSpans, message: message.join('; ') };
}
