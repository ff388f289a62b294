import type { SpanId, TraceId } from '../../core/model/ids';
import type { SpanTable } from '../../core/tree/spanTable';
import type { Result, Retention, TraceSummary } from '../../protocol/collectorProtocol';
import type { SpanDetail } from '../../protocol/spanDetail';
import type { LogQueries } from '../logs/logQueries';
import type { AttributeQuery } from '../search/attributeQuery';
import type { FindOptions, SpanReference } from '../search/findByAttribute';
import type { LinkingSpan } from '../search/linkingSpans';
import type { TraceSearch } from '../search/traceSearch';

/** What clients ask of the engine. Trace and span ids are lower-case hex digits. */
export interface EngineView {
  counts(): EngineCounts;
  readonly logs: Pick<LogQueries, 'page' | 'countOfSpan'>;
  readonly traceSearch: TraceSearch;
  /** Newest first by start; from behind `before` where that is given. */
  listTraces(limit: number, before?: string): readonly TraceSummary[];
  traceSummary(traceId: string): TraceSummary | undefined;
  spanTable(traceId: string): SpanTable | undefined;
  /** Full spans in the order asked for; undefined where a span is not there (any more). */
  readSpans(traceId: string, spanIds: readonly string[]): (SpanDetail | undefined)[];
  /** Trace ids that begin with `prefix`, at most `limit`, newest first. */
  findByPrefix(prefix: string, limit: number): readonly string[];
  /** Traces that contain a span with this id. */
  findBySpanId(spanId: string, limit: number): readonly string[];
  /** Spans with an attribute, those that arrived last first. */
  findByAttribute(query: AttributeQuery, options: FindOptions): Promise<readonly SpanReference[]>;
  /** How long spans like this one took; undefined where it is not there. */
  durationsLike(
    traceId: TraceId,
    spanId: SpanId,
    signal: AbortSignal | undefined,
  ): Promise<Result<'durationsLike'> | undefined>;
  /** Spans of other traces with links to this one, those that arrived last first. */
  linkingSpans(
    traceId: TraceId,
    limit: number,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly spans: readonly LinkingSpan[]; readonly complete: boolean }>;
  configureRetention(retention: Retention): void;
  /** Answers false where there is no such trace. Rejects with UnavailableError where it cannot be written down. */
  pin(traceId: string, pinned: boolean): Promise<boolean>;
  /** Rejects with UnavailableError where the disk does not let their bytes go. */
  delete(traceIds: readonly string[]): Promise<{ readonly spans: number; readonly traces: number }>;
  clear(): Promise<{ readonly spans: number; readonly traces: number }>;
  flush(): Promise<void>;
}

export interface EngineCounts {
  readonly traces: number;
  readonly spans: number;
  readonly logs: number;
  readonly journalBytes: number;
  /** In memory only because the disk does not take them. */
  readonly unwrittenBytes: number;
  readonly receivedSpans: number;
  readonly rejectedSpans: number;
  readonly duplicateSpans: number;
  readonly receivedLogRecords: number;
  readonly rejectedLogRecords: number;
  readonly droppedByRetention: number;
  readonly pinnedTraces: number;
  /** When the oldest bytes of the journal came in, ms since the epoch; undefined where there are none. */
  readonly oldestArrivalMs: number | undefined;
  readonly droppedLogsByRetention: number;
}

/** What has become queryable, or is gone. */
export interface EngineChange {
  /** Traces that are new or have grown. */
  readonly traces: readonly string[];
  /** Traces that retention has dropped. */
  readonly removed: readonly string[];
  /** Everything that was there before is gone. */
  readonly cleared: boolean;
  /** The stored log records are others now, whether a trace in `traces` has some of them or not. */
  readonly logs?: boolean;
}
