import { encodeLogs } from '../../otlp/encodeLogs';
import type { RejectedLogRecords } from '../../otlp/logBatch';
import { logsFromJson } from '../../otlp/logsFromJson';
import { parseOtlpJson } from '../../otlp/parseOtlpJson';
import type { OtlpEncoding } from './contentType';

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

/** Stores the log records of an export request as exportTraces does spans, and answers those that were left out. */
export async function exportLogs(
  sink: LogSink,
  body: Uint8Array,
  encoding: OtlpEncoding,
): Promise<readonly RejectedLogRecords[]> {
  if (encoding === 'protobuf') return (await sink.ingestLogs(body)).rejected;
  const { resourceLogs, rejected } = logsFromJson(parseOtlpJson(body));
  return [...rejected, ...(await sink.ingestLogs(encodeLogs(resourceLogs))).rejected];
}
