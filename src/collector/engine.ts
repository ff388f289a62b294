import { parseSpanId, parseTraceId, spanIdToHalves, type SpanId, type TraceId } from '../core/model/ids';
import type { SpanTable } from '../core/tree/spanTable';
import type { Notice, Result, Retention, TraceSummary } from '../protocol/collectorProtocol';
import type { SpanDetail } from '../protocol/spanDetail';
import type { Journal } from './journal/journal';
import type { EpisodeNotice } from './episodeNotice';
import { LogIngest, type LogIngestResult } from './logs/logIngest';
import { LogQueries } from './logs/logQueries';
import type { Notices } from './notices';
import { pinTrace } from './pinTrace';
import type { Replay } from './replay';
import { RetentionKeeper } from './retentionKeeper';
import type { EngineChange, EngineCounts, EngineView } from './rpc/engineView';
import type { AttributeQuery } from './search/attributeQuery';
import { durationsLike } from './search/durationsLike';
import { findByAttribute, type FindOptions, type SpanReference } from './search/findByAttribute';
import { linkingSpans, type LinkingSpan } from './search/linkingSpans';
import { TraceSearch } from './search/traceSearch';
import type { SnapshotKeeper } from './snapshotKeeper';
import { SpanDetails } from './spanDetails';
import { SpanIngest, type IngestResult } from './spanIngest';
import type { SpanPlace } from './store/spanReader';
import type { Store } from './store/store';
import { traceSummary } from './store/traceSummary';
import { TraceDeletion } from './traceDeletion';
import { UnavailableError } from './unavailableError';

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

const exhaustedNotice: Omit<Notice, 'id'> = {
  severity: 'error',
  message:
    'The stored traces take all the memory that they may: the oldest are dropped to make room. Raise the limit of memory, or keep fewer spans.',
  action: 'openSettings',
};

/** Spans with links to a trace are looked for this long: ten million spans or so. */
const linkSearchMs = 3000;

/** Journal and store as one: takes requests in, answers what is stored, and keeps it within its limits. */
export class Engine implements EngineView {
  private readonly store: Store;
  private readonly journal: Journal;
  private readonly keeper: RetentionKeeper;
  readonly logs: LogQueries;
  readonly traceSearch: TraceSearch;
  private readonly spanIngest: SpanIngest;
  private readonly logIngest: LogIngest;
  private readonly deletion: TraceDeletion;
  private readonly listeners = new Set<(change: EngineChange) => void>();
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
    this.traceSearch = new TraceSearch(store, journal, this.ending.signal);
    const ingest = {
      store,
      journal,
      log,
      admit: () => this.admit(),
      onAppend: () => this.keeper.beforeAppend(),
      onWritten: () => {
        parts.exhausted.ended();
        this.keeper.check();
      },
    };
    const added = (items: number): void => {
      this.keeper.added(items);
      parts.snapshots.added(items);
    };
    this.spanIngest = new SpanIngest({
      ...ingest,
      onAdded: (spans, traces) => {
        added(spans);
        this.tell({ traces, removed: [], cleared: false });
      },
    });
    this.logIngest = new LogIngest({
      ...ingest,
      onAdded: records => {
        added(records);
        this.tell({ traces: [], removed: [], cleared: false, logs: true });
      },
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

  /** See SpanIngest.ingest. */
  ingest(bytes: Uint8Array): Promise<IngestResult> {
    return this.spanIngest.ingest(bytes);
  }

  /** See LogIngest.ingest. */
  ingestLogs(bytes: Uint8Array): Promise<LogIngestResult> {
    return this.logIngest.ingest(bytes);
  }

  /** Counts spans that arrived and were left out before they came here (see ExportSink). */
  noteRejected(spans: number): void {
    this.spanIngest.noteRejected(spans);
  }

  counts(): EngineCounts {
    return {
      traces: this.store.tables.traceCount,
      spans: this.store.tables.spanCount,
      logs: this.store.tables.logCount,
      journalBytes: this.journal.bytes,
      unwrittenBytes: this.journal.isStalled ? this.journal.pendingBytes : 0,
      receivedSpans: this.spanIngest.received,
      rejectedSpans: this.spanIngest.rejected,
      duplicateSpans: this.spanIngest.duplicates,
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
    return findByAttribute(this.parts, query, { ...options, signal: this.untilEnd(options.signal) });
  }

  /** See durationsLike. */
  durationsLike(
    traceId: TraceId,
    spanId: SpanId,
    signal: AbortSignal | undefined,
  ): Promise<Result<'durationsLike'> | undefined> {
    return durationsLike(this.parts, traceId, spanId, { signal: this.untilEnd(signal) });
  }

  /** See linkingSpans. */
  linkingSpans(
    traceId: TraceId,
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<{ spans: LinkingSpan[]; complete: boolean }> {
    const end = performance.now() + linkSearchMs;
    return linkingSpans(this.parts, traceId, { limit, end, signal: this.untilEnd(signal) });
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
      this.parts.exhausted.began(exhaustedNotice, 'the store is full');
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

  private untilEnd(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.ending.signal]) : this.ending.signal;
  }

  private admit(): void {
    if (this.closing) throw new UnavailableError('the collector is closing');
    if (this.keeper.isMakingRoom) throw new UnavailableError('memory is being made free');
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

  private tell(change: EngineChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
