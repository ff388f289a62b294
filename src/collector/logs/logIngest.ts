import type { RejectedLogRecords } from '../../otlp/logBatch';
import { createLogBatch, shallowDecodeLogs } from '../../otlp/shallowDecodeLogs';
import { asUnavailable, storedBytes, type IngestParts } from '../ingestParts';
import { frameKind } from '../journal/segmentFormat';

export interface LogIngestResult {
  /** Records that are kept, those that were there already included. */
  readonly accepted: number;
  /** Records that break a rule of the specification. */
  readonly rejected: readonly RejectedLogRecords[];
  readonly duplicates: number;
}

/** Takes requests with log records into store and journal. */
export class LogIngest {
  /** Records that came in since the collector started, those that were rejected included. */
  received = 0;
  rejected = 0;
  private readonly batch = createLogBatch(256);

  constructor(private readonly parts: IngestParts) {}

  /**
   * Takes an ExportLogsServiceRequest in protobuf: its records can be asked for at once, and the promise resolves when
   * its bytes are in the journal. `bytes` must not change until then. Rejects with MalformedProtobufError for bytes that
   * are no such request, with UnavailableError where they cannot be kept now.
   */
  async ingest(bytes: Uint8Array): Promise<LogIngestResult> {
    const { batch } = this;
    const { store, journal, admit, onAppend, onAdded, onWritten } = this.parts;
    admit();
    shallowDecodeLogs(bytes, batch);
    const { count, rejected } = batch;
    const left = rejected.reduce((sum, entry) => sum + entry.count, 0);
    this.received += count + left;
    this.rejected += left;
    if (count === 0) return { accepted: 0, rejected, duplicates: 0 };
    try {
      onAppend();
      const request = journal.next(bytes.length);
      const { inserted, duplicates } = store.logs.insert(batch, request, at => storedBytes(journal, at));
      // A request sent again must not make the journal grow; its records may still be on their way to disk.
      const written = inserted > 0 ? journal.append(frameKind.logsRequest, bytes).written : journal.written();
      if (inserted > 0) onAdded(inserted, []);
      await written;
      onWritten();
      return { accepted: count, rejected, duplicates };
    } catch (error) {
      throw asUnavailable(error);
    }
  }
}
