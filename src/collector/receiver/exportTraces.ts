import { encodeTraces } from '../../otlp/encodeTraces';
import { field } from '../../otlp/jsonFields';
import { protobufPiece } from '../../otlp/pieceLimits';
import { createSpanBatch, shallowDecode } from '../../otlp/shallowDecode';
import type { RejectedSpans } from '../../otlp/spanBatch';
import { tracesFromJson } from '../../otlp/tracesFromJson';
import type { OtlpEncoding } from './contentType';
import { exportItems } from './exportItems';

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

const names = { byResource: field('resourceSpans'), byScope: field('scopeSpans'), items: field('spans') };

/** Stores the spans of an export request, and answers those that were left out (see exportItems). */
export async function exportTraces(
  sink: ExportSink,
  body: Uint8Array,
  encoding: OtlpEncoding,
): Promise<readonly RejectedSpans[]> {
  return exportItems(body, encoding, {
    names,
    fromJson: document => {
      const { resourceSpans, rejected } = tracesFromJson(document);
      return { bytes: encodeTraces(resourceSpans), rejected };
    },
    ofLargeContext: count => ({ reason: 'large-context', count }),
    check: bytes => shallowDecode(bytes, createSpanBatch(protobufPiece.items)),
    ingest: bytes => sink.ingest(bytes),
    noteRejected: rejected => noteRejected(sink, rejected),
  });
}
