import { encodeLogs } from '../../otlp/encodeLogs';
import { field } from '../../otlp/jsonFields';
import type { RejectedLogRecords } from '../../otlp/logBatch';
import { logsFromJson } from '../../otlp/logsFromJson';
import { protobufPiece } from '../../otlp/pieceLimits';
import { createLogBatch, shallowDecodeLogs } from '../../otlp/shallowDecodeLogs';
import type { OtlpEncoding } from './contentType';
import { exportItems } from './exportItems';

/** What a receiver gives export requests with log records to. */
export interface LogSink {
  /**
   * Takes an ExportLogsServiceRequest; settles when its bytes are in the journal.
   * @throws MalformedProtobufError for bytes that are none, UnavailableError where they cannot be kept now
   */
  ingestLogs(
    bytes: Uint8Array,
  ): Promise<{ readonly accepted: number; readonly rejected: readonly RejectedLogRecords[] }>;
}

const names = { byResource: field('resourceLogs'), byScope: field('scopeLogs'), items: field('logRecords') };

/** Stores the log records of an export request, and answers those that were left out (see exportItems). */
export async function exportLogs(
  sink: LogSink,
  body: Uint8Array,
  encoding: OtlpEncoding,
): Promise<readonly RejectedLogRecords[]> {
  return exportItems(body, encoding, {
    names,
    fromJson: document => {
      const { resourceLogs, rejected } = logsFromJson(document);
      return { bytes: encodeLogs(resourceLogs), rejected };
    },
    ofLargeContext: count => ({ reason: 'large-context', count }),
    check: bytes => shallowDecodeLogs(bytes, createLogBatch(protobufPiece.items)),
    ingest: bytes => sink.ingestLogs(bytes),
  });
}
