import { join } from 'node:path';
import { ageClock } from './ageClock';
import { parseSpanId, parseTraceId, spanIdToHalves } from '../core/model/ids';
import type { SpanTable } from '../core/tree/spanTable';
import { createSpanBatch, shallowDecode } from '../otlp/shallowDecode';
import type { RejectedSpans } from '../otlp/spanBatch';
import type { Notice, Retention, TraceSummary } from '../protocol/collectorProtocol';
import type { SpanDetail } from '../protocol/spanDetail';
import type { Journal } from './journal/journal';
import { JournalError } from './journal/journalError';
import type { Location } from './journal/location';
import { frameKind } from './journal/segmentFormat';
import { openJournal } from './journal/openJournal';
import { EpisodeNotice } from './episodeNotice';
import { damageNotice, stalledText, syncFailedNotice } from './journalNotices';
import { LogIngest, type LogIngestResult } from './logs/logIngest';
import { LogQueries } from './logs/logQueries';
import { Notices } from './notices';
import { openStore } from './openStore';
import { pinTrace } from './pinTrace';
import { Replay } from './replay';
import { RetentionKeeper } from './retentionKeeper';
import type { EngineChange, EngineCounts, EngineView } from './rpc/engineView';
import type { AttributeQuery } from './search/attributeQuery';
import { findByAttribute, type FindOptions, type SpanReference } from './search/findByAttribute';
import { SnapshotFile } from './snapshotFile';
import { SnapshotKeeper } from './snapshotKeeper';
import { SpanDetails } from './spanDetails';
import type { SpanPlace } from './store/spanReader';
import { loadSqlModule } from './store/sqlModule';
import { SqlError } from './store/sqlError';
import type { Store } from './store/store';
import { traceSummary } from './store/traceSummary';
import { findWasm } from './store/wasmPath';
import { TraceDeletion } from './traceDeletion';
import { UnavailableError } from './unavailableError';

export interface IngestResult {
  /** Spans that are kept, those that were there already included. */
  readonly accepted: number;
  /** Spans that break a rule of the specification. */
  readonly rejected: readonly RejectedSpans[];
  readonly duplicates: number;
}

interface EngineParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly notices: Notices;
  readonly snapshots: SnapshotKeeper;
  readonly retention: Retention;
  /** Traces whose deletion may not have been finished: see Replay. */
  readonly deleted: Replay['deleted'];
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
  readonly now: () => number;
  readonly exhausted: EpisodeNotice;
  readonly maxStoreBytes: number | undefined;
}

const exhaustedText =
  'The stored traces take all the memory that they may: the oldest are dropped to make room. Raise the limit of memory, or keep fewer spans.';

/** When the engine begins new files. */
export interface EnginePace {
  /** Length at which a journal segment is followed by the next; 32 MiB when absent. */
  readonly segmentBytes?: number;
  /** A snapshot is written after so many spans, however busy it is. */
  readonly snapshotSpans?: number;
}

export interface EngineOptions extends EnginePace {
  /** A folder that exists; nobody else has it open (see lock). */
  readonly dataDir: string;
  readonly retention: Retention;
  /** sql.js's `sql-wasm.wasm`; found where it usually is when absent. */
  readonly wasmPath?: string;
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** Something the user must be told; also in `notices()` until it is over. */
  readonly onNotice?: (notice: Notice) => void;
  /** What the user was told is over. */
  readonly onNoticeGone?: (id: string) => void;
  /** fdatasync comes at most this long after spans were acknowledged; 0 = before. */
  readonly syncIntervalMs?: number;
  /** Spans that the disk does not take are kept in memory up to this. */
  readonly maxUnwrittenBytes?: number;
  /** Length that the store in memory may have; no limit when absent. */
  readonly maxStoreBytes?: number;
  /** What ages are measured by, ms since the epoch; see ageClock. */
  readonly now?: () => number;
}

/**
 * Opens the data in `dataDir`: the snapshot of the store, then what the journal has beyond it. Rejects with JournalError
 * 'newer-format' where a newer version wrote the journal; damage is repaired and told of in a notice.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { dataDir, log } = options;
  const notices = new Notices(
    log,
    options.onNotice ?? (() => undefined),
    options.onNoticeGone ?? (() => undefined),
  );
  const stall = new EpisodeNotice(notices, 'journal-write-failed');
  const now = options.now ?? ageClock();
  const module = await loadSqlModule(options.wasmPath ?? findWasm());
  const found = await openJournal({
    folder: join(dataDir, 'journal'),
    segmentBytes: options.segmentBytes ?? 32 * 1024 * 1024,
    syncIntervalMs: options.syncIntervalMs ?? 1000,
    ...(options.maxUnwrittenBytes === undefined ? {} : { maxUnwrittenBytes: options.maxUnwrittenBytes }),
    now,
    onStalled: error => stall.began(stalledText(dataDir, error), 'showLog', error.message),
    onRecovered: () => stall.ended(),
    onDropped: (bytes, error) =>
      log('error', `${bytes} bytes that were not acknowledged are not in the journal: ${error.message}`),
    onSyncFailure: error => notices.add(syncFailedNotice(dataDir), error.message),
    onDamage: damage => notices.add(damageNotice(damage)),
  });
  const snapshotFile = new SnapshotFile(dataDir);
  const { store, position } = await openStore(module, snapshotFile, found, notices);
  const replay = new Replay(store, log);
  const journal = await found.recover(position, frame => replay.take(frame));
  replay.finish(found.segments[0]?.number);
  const snapshots = new SnapshotKeeper(
    store,
    journal,
    snapshotFile,
    error => log('error', `the snapshot could not be written: ${String(error)}`),
    options.snapshotSpans,
  );
  snapshots.added(replay.items);
  return new Engine({
    store,
    journal,
    notices,
    snapshots,
    retention: options.retention,
    deleted: replay.deleted,
    log,
    now,
    exhausted: new EpisodeNotice(notices, 'store-out-of-memory'),
    maxStoreBytes: options.maxStoreBytes,
  });
}

/** Journal and store as one: takes requests in, answers what is stored, and keeps it within its limits. */
export class Engine implements EngineView {
  private readonly store: Store;
  private readonly journal: Journal;
  private readonly batch = createSpanBatch(1024);
  private readonly keeper: RetentionKeeper;
  readonly logs: LogQueries;
  private readonly logIngest: LogIngest;
  private readonly deletion: TraceDeletion;
  private readonly listeners = new Set<(change: EngineChange) => void>();
  private received = 0;
  private rejected = 0;
  private duplicates = 0;
  private closing: Promise<void> | undefined;
  private readonly ending = new AbortController();

  /** Made by openEngine. */
  constructor(private readonly parts: EngineParts) {
    this.store = parts.store;
    this.journal = parts.journal;
    const { store, journal, retention, log, notices } = parts;
    this.keeper = new RetentionKeeper(store, journal, retention, parts.now, log, notices, change => {
      parts.snapshots.noteChange();
      this.tell(change);
    });
    this.logs = new LogQueries(this.store, this.journal, parts.log);
    this.logIngest = new LogIngest({
      store: this.store,
      journal: this.journal,
      isClosing: () => this.closing !== undefined,
      onAppend: () => this.keeper.beforeAppend(),
      onAdded: records => {
        this.keeper.added(records);
        parts.snapshots.added(records);
        this.tell({ traces: [], removed: [], cleared: false, logs: true });
      },
      onWritten: () => this.keeper.check(),
    });
    this.deletion = new TraceDeletion({
      store,
      journal,
      keeper: this.keeper,
      snapshots: parts.snapshots,
      onRemoved: removed => this.tell({ traces: [], removed, cleared: false }),
      onFailure: error => log('error', `deleted traces could not be erased from the disk: ${String(error)}`),
    });
    if (parts.maxStoreBytes !== undefined) this.configureStore(parts.maxStoreBytes);
    this.deletion.resume(parts.deleted);
    parts.snapshots.isBlocked = () => this.keeper.isDropping;
    this.keeper.check();
  }

  /**
   * Takes an ExportTraceServiceRequest in protobuf: its spans can be asked for at once, and the promise resolves when
   * its bytes are in the journal; `bytes` must not change before, nor after a rejection. Rejects with
   * MalformedProtobufError for bytes that are no such request, with UnavailableError where whoever sent them must send
   * them again: nothing of them is kept, or the disk does not take them and they are kept in memory until it does.
   */
  async ingest(bytes: Uint8Array): Promise<IngestResult> {
    const { batch, store, journal } = this;
    if (this.closing) throw new UnavailableError('the collector is closing');
    if (this.keeper.isMakingRoom) throw new UnavailableError('memory is being made free');
    shallowDecode(bytes, batch);
    const { count, rejected } = batch;
    this.received += count;
    for (const { count: spans } of rejected) this.received += spans;
    for (const { count: spans } of rejected) this.rejected += spans;
    if (count === 0) return { accepted: 0, rejected, duplicates: 0 };
    try {
      this.keeper.beforeAppend();
      const request = journal.next(bytes.length);
      const result = store.insert(batch, request, at => this.storedBytes(at));
      this.duplicates += result.duplicates + result.conflicts;
      // A request sent again must not make the journal grow; its spans may still be on their way to disk.
      const written =
        result.inserted > 0 ? journal.append(frameKind.request, bytes).written : journal.written();
      if (result.inserted > 0) {
        this.keeper.added(result.inserted);
        this.parts.snapshots.added(result.inserted);
        this.tell({ traces: result.traces, removed: [], cleared: false });
      }
      if (result.conflicts > 0) this.parts.log('warn', conflictText(result.conflicts));
      await written;
      this.parts.exhausted.ended();
      this.keeper.check();
      return { accepted: count, rejected, duplicates: result.duplicates + result.conflicts };
    } catch (error) {
      if (error instanceof JournalError || error instanceof SqlError) {
        throw new UnavailableError(error.message, { cause: error });
      }
      throw error;
    }
  }

  /** See LogIngest.ingest. */
  ingestLogs(bytes: Uint8Array): Promise<LogIngestResult> {
    return this.logIngest.ingest(bytes);
  }

  /** Counts spans that arrived and were left out before they came here (see ExportSink). */
  noteRejected(spans: number): void {
    this.received += spans;
    this.rejected += spans;
  }

  counts(): EngineCounts {
    return {
      traces: this.store.tables.traceCount,
      spans: this.store.tables.spanCount,
      logs: this.store.tables.logCount,
      journalBytes: this.journal.bytes,
      unwrittenBytes: this.journal.isStalled ? this.journal.pendingBytes : 0,
      receivedSpans: this.received,
      rejectedSpans: this.rejected,
      duplicateSpans: this.duplicates,
      receivedLogRecords: this.logIngest.received,
      rejectedLogRecords: this.logIngest.rejected,
      droppedByRetention: this.keeper.droppedSpans,
      pinnedTraces: this.store.tables.pinnedTraces,
      oldestArrivalMs: this.journal.oldest?.createdMs,
      droppedLogsByRetention: this.keeper.droppedLogs,
    };
  }

  /** Whether retention is at work. */
  get isRetaining(): boolean {
    return this.keeper.isDropping;
  }

  notices(): readonly Notice[] {
    return this.parts.notices.all;
  }

  /** Newest first by start; from behind `before`, a trace id, where that is given and known. */
  listTraces(limit: number, before?: string): TraceSummary[] {
    const { tables } = this.store;
    const row = before === undefined ? undefined : this.find(before);
    if (before !== undefined && !row) return [];
    return tables.traces.list(limit, row).map(trace => traceSummary(trace, tables));
  }

  traceSummary(traceId: string): TraceSummary | undefined {
    const row = this.find(traceId);
    return row && traceSummary(row, this.store.tables);
  }

  spanTable(traceId: string): SpanTable | undefined {
    const row = this.find(traceId);
    return row && this.store.spanTable(row);
  }

  /** Full spans in the order asked for; undefined where a span is not there, or its bytes cannot be read. */
  readSpans(traceId: string, spanIds: readonly string[]): (SpanDetail | undefined)[] {
    const row = this.find(traceId);
    const details = new SpanDetails(this.journal, this.store.tables);
    return spanIds.map(spanId => {
      const id = parseSpanId(spanId);
      if (!row || !id) return undefined;
      const { high, low } = spanIdToHalves(id);
      const place = this.store.spans.find(row.id, high, low);
      return place && this.readSpan(details, place);
    });
  }

  /** Trace ids that begin with these 1 to 32 hex digits, in order. */
  findByPrefix(prefix: string, limit: number): string[] {
    if (!/^[0-9a-f]{1,32}$/i.test(prefix)) return [];
    return this.store.tables.traces.withPrefix(prefix.toLowerCase(), limit).map(row => row.traceId);
  }

  /** Traces with a span of this id, newest arrivals first. */
  findBySpanId(spanId: string, limit: number): string[] {
    const id = parseSpanId(spanId);
    if (!id) return [];
    const { high, low } = spanIdToHalves(id);
    return this.store.tracesWithSpan(high, low, limit);
  }

  /** See findByAttribute; what arrives meanwhile may be missing. */
  findByAttribute(query: AttributeQuery, options: FindOptions): Promise<SpanReference[]> {
    const { signal } = this.ending;
    const either = options.signal ? AbortSignal.any([options.signal, signal]) : signal;
    return findByAttribute(this.parts, query, { ...options, signal: either });
  }

  /** Calls `listener` after every change, in the same turn; answers how to stop that. */
  onChange(listener: (change: EngineChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  configureRetention(retention: Retention): void {
    this.keeper.configure(retention);
  }

  /** The oldest traces are dropped where the index takes more memory than this, bytes. */
  limitIndex(maxBytes: number): void {
    this.keeper.limitIndex(maxBytes);
  }

  async pin(traceId: string, pinned: boolean): Promise<boolean> {
    const id = parseTraceId(traceId);
    if (!id || !(await pinTrace(id, pinned, this.store.tables, this.journal))) return false;
    this.parts.snapshots.noteChange();
    if (!pinned) this.keeper.pinsLessened();
    this.tell({ traces: [id], removed: [], cleared: false });
    return true;
  }

  /** See EngineOptions.maxStoreBytes. */
  configureStore(maxBytes: number): void {
    this.store.limit(maxBytes, () => {
      this.parts.exhausted.began(exhaustedText, 'openSettings', 'the store is full');
      this.keeper.makeRoom();
    });
  }

  /** See EngineOptions.syncIntervalMs. */
  configureSync(intervalMs: number): void {
    this.journal.configureSync(intervalMs);
  }

  /** Ids of traces that are not there are left out. Rejects with UnavailableError where the disk does not let the bytes go. */
  async delete(traceIds: readonly string[]): Promise<{ spans: number; traces: number }> {
    try {
      return await this.deletion.delete(traceIds.flatMap(traceId => parseTraceId(traceId) ?? []));
    } catch (error) {
      throw new UnavailableError(
        'the traces are gone, but their bytes could not all be erased from the disk; that is tried again',
        { cause: error },
      );
    }
  }

  /** Deletes everything, journal and snapshot included. Rejects with UnavailableError where the disk does not let it. */
  async clear(): Promise<{ spans: number; traces: number }> {
    const { tables } = this.store;
    const cleared = { spans: tables.spanCount, traces: tables.traceCount };
    this.keeper.interrupt();
    this.deletion.interrupt();
    this.store.clear();
    this.tell({ traces: [], removed: [], cleared: true });
    try {
      await this.journal.clear();
      await this.parts.snapshots.delete();
    } catch (error) {
      throw new UnavailableError('the data could not be deleted from the disk', { cause: error });
    }
    return cleared;
  }

  /** Resolves once everything taken in so far would survive a power loss. */
  async flush(): Promise<void> {
    await this.journal.flush();
  }

  /** Writes everything down and lets go of the folder. */
  async close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.ending.abort(new UnavailableError('the collector is closing'));
    await this.deletion.close();
    await this.keeper.close();
    try {
      await this.parts.snapshots.close();
    } finally {
      await this.journal.close();
      this.store.close();
    }
  }

  private find(traceId: string) {
    const id = parseTraceId(traceId);
    return id && this.store.tables.traces.find(id);
  }

  private readSpan(details: SpanDetails, place: SpanPlace): SpanDetail | undefined {
    try {
      return details.read(place);
    } catch (error) {
      this.parts.log('error', `a span cannot be read back: ${String(error)}`);
      return undefined;
    }
  }

  private storedBytes(at: Location): Uint8Array | undefined {
    try {
      return this.journal.readSync(at);
    } catch (error) {
      if (error instanceof JournalError) return undefined;
      throw error;
    }
  }

  private tell(change: EngineChange): void {
    for (const listener of this.listeners) listener(change);
  }
}

function conflictText(conflicts: number): string {
  return `${conflicts} ${conflicts === 1 ? 'span has' : 'spans have'} the id of another span of the trace; the first one is kept`;
}
