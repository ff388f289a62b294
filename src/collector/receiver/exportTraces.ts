import { encodeTraces } from '../../otlp/encodeTraces';
import { parseOtlpJson } from '../../otlp/parseOtlpJson';
import type { RejectedSpans } from '../../otlp/spanBatch';
import { tracesFromJson } from '../../otlp/tracesFromJson';
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
  /** Counts spans that arrived and were left out before there was any protobuf of them. */
  noteRejected(spans: number): void;
}

/** Tells the sink of the spans that were left out of a request when it was converted. */
export function noteRejected(sink: ExportSink, rejected: readonly RejectedSpans[]): void {
  const spans = rejected.reduce((sum, { count }) => sum + count, 0);
  if (spans > 0) sink.noteRejected(spans);
}

/**
 * Stores the spans of an export request, and answers those that were left out. The journal holds protobuf only: JSON is
 * converted first. Rejects with MalformedProtobufError, InvalidJsonError or UnavailableError.
 */
export async function exportTraces(
  sink: ExportSink,
  body: Uint8Array,
  encoding: OtlpEncoding,
): Promise<readonly RejectedSpans[]> {
  const { bytes, rejected: inJson } = encoding === 'json' ? fromJson(body) : { bytes: body, rejected: [] };
  const { rejected } = await sink.ingest(bytes);
  noteRejected(sink, inJson);
  return [...inJson, ...rejected];
}

function fromJson(body: Uint8Array): { bytes: Uint8Array; rejected: readonly RejectedSpans[] } {
  const { resourceSpans, rejected } = tracesFromJson(parseOtlpJson(body));
  return { bytes: encodeTraces(resourceSpans), rejected };
}
