import type { RejectedLogRecords } from '../../otlp/logBatch';
import { createLogBatch, shallowDecodeLogs } from '../../otlp/shallowDecodeLogs';
import type { Journal } from '../journal/journal';
import { JournalError } from '../journal/journalError';
import type { Location } from '../journal/location';
import { frameKind } from '../journal/segmentFormat';
import { SqlError } from '../store/sqlError';
import type { Store } from '../store/store';
import { UnavailableError } from '../unavailableError';

export interface LogIngestResult {
  /** Records that are kept, those that were there already included. */
  readonly accepted: number;
  /** Records that break a rule of the specification. */
  readonly rejected: readonly RejectedLogRecords[];
  readonly duplicates: number;
}

export interface LogIngestParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly isClosing: () => boolean;
  /** Called before bytes are appended. */
  readonly onAppend: () => void;
  /** Called when so many records have become queryable. */
  readonly onAdded: (records: number) => void;
  /** Called when bytes are in the journal. */
  readonly onWritten: () => void;
}

/** Takes requests with log records into store and journal. */
export class LogIngest {
  /** Records that came in since the collector started, those that were rejected included. */
  received = 0;
  rejected = 0;
  private readonly batch = createLogBatch(256);

  constructor(private readonly parts: LogIngestParts) {}

  /**
   * Takes an ExportLogsServiceRequest in protobuf: its records can be asked for at once, and the promise resolves when
   * its bytes are in the journal. `bytes` must not change until then. Rejects with MalformedProtobufError for bytes that
   * are no such request, with UnavailableError where they cannot be kept now.
   */
  async ingest(bytes: Uint8Array): Promise<LogIngestResult> {
    const { batch } = this;
    const { store, journal } = this.parts;
    if (this.parts.isClosing()) throw new UnavailableError('the collector is closing');
    shallowDecodeLogs(bytes, batch);
    const { count, rejected } = batch;
    const left = rejected.reduce((sum, entry) => sum + entry.count, 0);
    this.received += count + left;
    this.rejected += left;
    if (count === 0) return { accepted: 0, rejected, duplicates: 0 };
    try {
      this.parts.onAppend();
      const request = journal.next(bytes.length);
      const { inserted, duplicates } = store.logs.insert(batch, request, at => this.storedBytes(at));
      // A request sent again must not make the journal grow; its records may still be on their way to disk.
      const written = inserted > 0 ? journal.append(frameKind.logsRequest, bytes).written : journal.written();
      if (inserted > 0) this.parts.onAdded(inserted);
      await written;
      this.parts.onWritten();
      return { accepted: count, rejected, duplicates };
    } catch (error) {
      if (error instanceof JournalError || error instanceof SqlError)
        throw new UnavailableError(error.message, { cause: error });
      throw error;
    }
  }

  private storedBytes(at: Location): Uint8Array | undefined {
    try {
      return this.parts.journal.readSync(at);
    } catch (error) {
      if (error instanceof JournalError) return undefined;
      throw error;
    }
  }
}
