import { encodeTraces } from '../../otlp/encodeTraces';
import { InvalidJsonError } from '../../otlp/invalidJsonError';
import { MalformedProtobufError } from '../../otlp/malformedProtobufError';
import { parseOtlpJson } from '../../otlp/parseOtlpJson';
import type { RejectedSpans } from '../../otlp/spanBatch';
import { tracesFromJson } from '../../otlp/tracesFromJson';
import type { Log } from '../log';
import { UnavailableError } from '../unavailableError';
import type { OtlpEncoding } from './contentType';

/** What a receiver gives export requests to. */
export interface ExportSink {
  /**
   * Takes an ExportTraceServiceRequest; settles when its bytes are in the journal.
   * @throws MalformedProtobufError for bytes that are none, UnavailableError where they cannot be kept now
   */
  ingest(
    bytes: Uint8Array,
  ): Promise<{ readonly accepted: number; readonly rejected: readonly RejectedSpans[] }>;
}

/** What became of an export request, in terms both transports can say. */
export type ExportOutcome =
  | {
      readonly kind: 'success';
      /** 0 = full success (trace_service.proto, ExportTracePartialSuccess). */
      readonly rejectedSpans: number;
      readonly message: string;
    }
  | { readonly kind: 'bad-data'; readonly message: string }
  /** Try again later. */
  | { readonly kind: 'unavailable'; readonly message: string };

/** What a client that is told to try again should wait, s. */
export const retryAfterSeconds = 5;

const reasons: Record<RejectedSpans['reason'], string> = {
  'invalid-trace-id': 'trace id that is not 16 bytes or all zero',
  'invalid-span-id': 'span id that is not 8 bytes or all zero',
  'malformed-span': 'malformed span',
};

/** Takes the body of an export request in either encoding. The journal holds protobuf only: JSON is converted first. */
export async function exportTraces(
  sink: ExportSink,
  body: Uint8Array,
  encoding: OtlpEncoding,
  log: Log,
): Promise<ExportOutcome> {
  try {
    const { bytes, rejected: inJson } = encoding === 'json' ? fromJson(body) : { bytes: body, rejected: [] };
    const { rejected } = await sink.ingest(bytes);
    return success([...inJson, ...rejected]);
  } catch (error) {
    if (error instanceof MalformedProtobufError || error instanceof InvalidJsonError)
      return { kind: 'bad-data', message: error.message };
    if (error instanceof UnavailableError)
      return {
        kind: 'unavailable',
        message: `The collector cannot keep spans now: ${error.message}. Try again later.`,
      };
    log.write('error', 'ingest', error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { kind: 'unavailable', message: 'The collector failed on this request; its log says why.' };
  }
}

function fromJson(body: Uint8Array): { bytes: Uint8Array; rejected: readonly RejectedSpans[] } {
  const { resourceSpans, rejected } = tracesFromJson(parseOtlpJson(body));
  return { bytes: encodeTraces(resourceSpans), rejected };
}

function success(rejected: readonly RejectedSpans[]): ExportOutcome {
  const rejectedSpans = rejected.reduce((sum, { count }) => sum + count, 0);
  const message = rejected.map(
    ({ reason, count }) => `${count} span${count === 1 ? '' : 's'}: ${reasons[reason]}`,
  );
  return { kind: 'success', rejectedSpans, message: message.join('; ') };
}
