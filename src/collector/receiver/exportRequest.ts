import { InvalidJsonError } from '../../otlp/invalidJsonError';
import { MalformedProtobufError } from '../../otlp/malformedProtobufError';
import { maxContextBytes } from '../../otlp/pieceLimits';
import type { Log } from '../log';
import { UnavailableError } from '../unavailableError';
import type { OtlpEncoding } from './contentType';
import type { Rejected } from './rejected';
import type { Destinations, Signal } from './signals';

/** What became of an export request, in terms both transports can say. */
export type ExportOutcome =
  | {
      readonly kind: 'success';
      /** Items that were left out; 0 = full success (trace_service.proto, ExportTracePartialSuccess). */
      readonly rejected: number;
      readonly message: string;
    }
  /** `field`: what of the request is wrong, as BadRequest.FieldViolation has it; '' is all of it. */
  | { readonly kind: 'bad-data'; readonly message: string; readonly field: string }
  /** Try again later. */
  | { readonly kind: 'unavailable'; readonly message: string };

/** What a client that is told to try again should wait, s. */
export const retryAfterSeconds = 5;

const reasons: Record<Rejected['reason'], string> = {
  'invalid-trace-id': 'trace id that is not 16 bytes or all zero',
  'invalid-span-id': 'span id that is not 8 bytes or all zero',
  'malformed-span': 'malformed span',
  'malformed-log-record': 'malformed log record',
  'large-context': `resource or scope of more than ${maxContextBytes} bytes in a request that is stored in pieces`,
  'too-many-log-records': 'more than one request may hold',
};

/** Takes the body of an export request of any signal, in either encoding. Never rejects. */
export async function exportRequest(
  signal: Pick<Signal, 'item' | 'take'>,
  to: Destinations & { readonly log: Log },
  body: Uint8Array,
  encoding: OtlpEncoding,
): Promise<ExportOutcome> {
  try {
    return success(signal, await signal.take(to, body, encoding));
  } catch (error) {
    if (error instanceof MalformedProtobufError)
      return { kind: 'bad-data', message: error.message, field: '' };
    if (error instanceof InvalidJsonError)
      return { kind: 'bad-data', message: error.message, field: error.path };
    if (error instanceof UnavailableError)
      return {
        kind: 'unavailable',
        message: `The collector cannot keep ${signal.item}s now: ${error.message}. Try again later.`,
      };
    to.log.write('error', 'ingest', error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { kind: 'unavailable', message: 'The collector failed on this request; its log says why.' };
  }
}

function success({ item }: Pick<Signal, 'item'>, rejected: readonly Rejected[]): ExportOutcome {
  const message = rejected.map(
    ({ reason, count }) => `${count} ${item}${count === 1 ? '' : 's'}: ${reasons[reason]}`,
  );
  return {
    kind: 'success',
    rejected: rejected.reduce((sum, { count }) => sum + count, 0),
    message: message.join('; '),
  };
}
