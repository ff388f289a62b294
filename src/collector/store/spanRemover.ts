import type { TraceId } from '../../core/model/ids';
import type { LogRemover } from './logRemover';
import { SpanIdMap } from './spanIdMap';
import type { SpanPlace } from './spanReader';
import type { Tables } from './tables';
import { addSpan, newTraceRow, type TraceRow } from './traceRow';

/** Fragments deleted in one go: about 5 ms. */
const fragmentsPerSweep = 1000;
const statusError = 2;

/** Takes spans out of the store: all of a trace, some of it, or those whose bytes are gone. */
export class SpanRemover {
  /** Ids of traces that are gone and whose spans are still to be deleted, those before `swept` excepted. */
  private readonly leftovers: number[] = [];
  private swept = 0;

  constructor(
    private readonly tables: Tables,
    private readonly logs: LogRemover,
  ) {}

  /** The traces are gone at once with their log records; `sweep` deletes both. Answers how many records went. */
  dropTraces(rows: readonly TraceRow[]): number {
    this.tables.transaction(() => {
      for (const row of rows) this.tables.traces.delete(row);
    });
    for (const { id, spanCount, pinSegment } of rows) {
      this.tables.knownSpans.forget(id);
      this.tables.spanCount -= spanCount;
      if (pinSegment > 0) {
        this.tables.pinnedTraces--;
        this.tables.pinnedSpans -= spanCount;
      }
      this.leftovers.push(id);
    }
    this.tables.traceCount -= rows.length;
    return this.logs.dropTraces(rows.map(row => row.traceId));
  }

  /** Ids of dropped traces whose spans are still there. */
  get unswept(): readonly number[] {
    return this.leftovers.slice(this.swept);
  }

  /** Deletes some spans or log records of dropped traces; false where none are left. */
  sweep(): boolean {
    if (this.swept === this.leftovers.length) return this.logs.sweep();
    this.tables.transaction(() => {
      for (let work = 0; work < fragmentsPerSweep && this.swept < this.leftovers.length;) {
        const trace = this.leftovers[this.swept] ?? 0;
        const { deleted, isDone } = this.tables.fragments.sweep(trace, fragmentsPerSweep);
        if (isDone) this.swept++;
        // Finding the place costs about as much as deleting a fragment.
        work += deleted + 1;
      }
    });
    if (this.swept === this.leftovers.length) {
      this.leftovers.length = 0;
      this.swept = 0;
    }
    return true;
  }

  /**
   * Deletes `places` of a trace that lives on. Its summary keeps start, end and root as they were: they are true, and
   * reading a large trace again would take long.
   */
  cut(traceId: TraceId, places: readonly SpanPlace[]): void {
    this.tables.transaction(() => {
      const row = this.tables.traces.edit(traceId);
      const cut = new Map<number, SpanIdMap>();
      for (const { fragment, spanHigh, spanLow, status } of places) {
        const ids = cut.get(fragment) ?? new SpanIdMap();
        ids.set(spanHigh, spanLow, fragment);
        cut.set(fragment, ids);
        row.spanCount--;
        if (status === statusError) row.errorCount--;
      }
      for (const [fragment, ids] of cut) this.tables.fragments.removeSpans(row.id, fragment, ids);
      this.tables.knownSpans.forget(row.id);
      this.tables.traces.save(row);
      if (row.pinSegment > 0) this.tables.pinnedSpans -= places.length;
    });
    this.tables.spanCount -= places.length;
  }

  /** No span of the trace lies in `segment` any more. What its summary names stays in the dictionaries. */
  leaveSegment(traceId: TraceId, segment: number): void {
    this.tables.transaction(() => {
      const row = this.tables.traces.edit(traceId);
      row.firstSegment = Math.max(row.firstSegment, segment + 1);
      this.tables.traces.save(row);
      // A pinned trace outlives its last segment.
      const until = Math.max(row.lastSegment, row.firstSegment);
      this.tables.names.keep(row.rootName, until);
      for (const service of [row.rootService, ...row.services]) this.tables.services.keep(service, until);
    });
  }

  /** Deletes all spans in segments below `segment`: their files are gone. Answers the traces that are gone with them. */
  discardBelow(segment: number): TraceId[] {
    const gone: TraceId[] = [];
    for (;;) {
      const rows = this.tables.traces.reachingBackTo(segment - 1, 500);
      if (rows.length === 0) return gone;
      const ids = rows.map(row => row.traceId);
      gone.push(...this.removeAndRecount(ids, row => this.tables.fragments.discardBelow(row.id, segment)));
    }
  }

  private removeAndRecount(traceIds: Iterable<TraceId>, remove: (row: TraceRow) => void): TraceId[] {
    const gone: TraceId[] = [];
    let spans = 0;
    let pinnedSpans = 0;
    let pinnedTraces = 0;
    this.tables.transaction(() => {
      for (const traceId of traceIds) {
        const row = this.tables.traces.find(traceId);
        if (!row) continue;
        const before = row.spanCount;
        remove(row);
        this.tables.knownSpans.forget(row.id);
        const recounted = this.recount(row);
        spans += before - recounted.spanCount;
        if (row.pinSegment > 0) {
          pinnedSpans += before - recounted.spanCount;
          if (recounted.spanCount === 0) pinnedTraces++;
        }
        if (recounted.spanCount === 0) {
          this.tables.traces.delete(row);
          gone.push(traceId);
        } else {
          const edited = this.tables.traces.edit(traceId);
          Object.assign(edited, recounted);
          this.tables.traces.save(edited);
        }
      }
      this.tables.traces.trim();
    });
    this.tables.spanCount -= spans;
    this.tables.traceCount -= gone.length;
    this.tables.pinnedSpans -= pinnedSpans;
    this.tables.pinnedTraces -= pinnedTraces;
    return gone;
  }

  /** What the spans say about the trace now. */
  private recount({ id, traceId, lastSegment, pinSegment }: TraceRow): TraceRow {
    const row = newTraceRow(id, traceId);
    row.lastSegment = lastSegment;
    row.pinSegment = pinSegment;
    this.tables.fragments.each(id, 0, Number.MAX_SAFE_INTEGER, ({ segment, spans }) => {
      row.firstSegment = row.spanCount === 0 ? segment : Math.min(row.firstSegment, segment);
      while (spans.next()) addSpan(row, spans);
      return true;
    });
    return row;
  }
}
