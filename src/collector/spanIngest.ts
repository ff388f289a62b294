import { createSpanBatch, shallowDecode } from '../otlp/shallowDecode';
import type { RejectedSpans } from '../otlp/spanBatch';
import { asUnavailable, storedBytes, type IngestParts } from './ingestParts';
import { frameKind } from './journal/segmentFormat';

export interface IngestResult {
  /** Spans that are kept, those that were there already included. */
  readonly accepted: number;
  /** Spans that break a rule of the specification. */
  readonly rejected: readonly RejectedSpans[];
  readonly duplicates: number;
}

/** Takes requests with spans into store and journal. */
export class SpanIngest {
  /** Spans that came in since the collector started, those that were rejected included. */
  received = 0;
  rejected = 0;
  duplicates = 0;
  private readonly batch = createSpanBatch(1024);

  constructor(private readonly parts: IngestParts) {}

  /**
   * Takes an ExportTraceServiceRequest in protobuf: its spans can be asked for at once, and the promise resolves when
   * its bytes are in the journal; `bytes` must not change before, nor after a rejection. Rejects with
   * MalformedProtobufError for bytes that are no such request, with UnavailableError where whoever sent them must send
   * them again: nothing of them is kept, or the disk does not take them and they are kept in memory until it does.
   */
  async ingest(bytes: Uint8Array): Promise<IngestResult> {
    const { batch } = this;
    const { store, journal, admit, onAppend, onAdded, onWritten, log } = this.parts;
    admit();
    shallowDecode(bytes, batch);
    const { count, rejected } = batch;
    this.received += count;
    for (const { count: spans } of rejected) this.noteRejected(spans);
    if (count === 0) return { accepted: 0, rejected, duplicates: 0 };
    try {
      onAppend();
      const request = journal.next(bytes.length);
      const { inserted, duplicates, conflicts, traces } = store.insert(batch, request, at =>
        storedBytes(journal, at),
      );
      const known = duplicates + conflicts;
      this.duplicates += known;
      // A request sent again must not make the journal grow; its spans may still be on their way to disk.
      const written = inserted > 0 ? journal.append(frameKind.request, bytes).written : journal.written();
      if (inserted > 0) onAdded(inserted, traces);
      if (conflicts > 0) log('warn', conflictText(conflicts));
      await written;
      onWritten();
      return { accepted: count, rejected, duplicates: known };
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  /** Counts spans that arrived and were left out. */
  noteRejected(spans: number): void {
    this.received += spans;
    this.rejected += spans;
  }
}

function conflictText(conflicts: number): string {
  return `${conflicts} ${conflicts === 1 ? 'span has' : 'spans have'} the id of another span of the trace; the first one is kept`;
}
