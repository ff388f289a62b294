import type { TraceId } from '../../core/model/ids';
import type { SpanPlace } from './spanReader';
import type { Statement } from './statement';
import type { Tables } from './tables';
import { addSpan, newTraceRow, type TraceRow } from './traceRow';

/** Rows deleted in one go: about 10 ms. */
const rowsPerSweep = 5000;
const statusError = 2;

/** Takes spans out of the store: all of a trace, some of it, or those that a failed write left without bytes. */
export class SpanRemover {
  /** Ids of traces that are gone and whose spans are still to be deleted, those before `swept` excepted. */
  private readonly leftovers: number[] = [];
  private swept = 0;
  private readonly boundary: Statement;
  private readonly removeAll: Statement;
  private readonly removeBelow: Statement;
  private readonly removeOne: Statement;
  private readonly removeFrom: Statement;
  private readonly removeMissing: Statement;
  private readonly all: Statement;

  constructor(private readonly tables: Tables) {
    const { db } = tables;
    this.boundary = db.prepare(
      `SELECT span_hi, span_lo FROM spans WHERE trace = ? ORDER BY span_hi, span_lo LIMIT 1 OFFSET ${rowsPerSweep}`,
    );
    this.removeAll = db.prepare('DELETE FROM spans WHERE trace = ?');
    this.removeBelow = db.prepare('DELETE FROM spans WHERE trace = ?1 AND (span_hi, span_lo) < (?2, ?3)');
    this.removeOne = db.prepare('DELETE FROM spans WHERE trace = ?1 AND span_hi = ?2 AND span_lo = ?3');
    this.removeFrom = db.prepare(
      'DELETE FROM spans WHERE trace = ?1 AND (segment > ?2 OR (segment = ?2 AND offset >= ?3))',
    );
    this.removeMissing = db.prepare('DELETE FROM spans WHERE trace = ?1 AND segment < ?2');
    this.all = db.prepare(
      `SELECT span_hi, span_lo, parent_hi, parent_lo, start_us, start_ns, duration, name, service, status, category,
        segment FROM spans WHERE trace = ?`,
    );
  }

  /** The traces are gone at once; their spans are deleted by `sweep`. */
  dropTraces(rows: readonly TraceRow[]): void {
    this.tables.transaction(() => {
      for (const row of rows) this.tables.traces.delete(row);
    });
    for (const { id, spanCount, pinSegment } of rows) {
      this.tables.spanCount -= spanCount;
      if (pinSegment > 0) {
        this.tables.pinnedTraces--;
        this.tables.pinnedSpans -= spanCount;
      }
      this.leftovers.push(id);
    }
    this.tables.traceCount -= rows.length;
  }

  /** Deletes some spans of dropped traces; false where none are left. */
  sweep(): boolean {
    if (this.swept === this.leftovers.length) return false;
    this.tables.transaction(() => {
      for (let rows = 0; rows < rowsPerSweep && this.swept < this.leftovers.length;) {
        rows += this.sweepTrace(this.leftovers[this.swept] ?? 0);
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
      for (const { spanHigh, spanLow, status } of places) {
        this.removeOne.bindNumbers(1, row.id, spanHigh | 0, spanLow | 0);
        this.removeOne.run();
        row.spanCount--;
        if (status === statusError) row.errorCount--;
      }
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

  /** Deletes the spans of these traces that lie at or behind a place; traces without spans go. Answers those. */
  discard(traceIds: Iterable<TraceId>, from: { segment: number; offset: number }): TraceId[] {
    return this.removeAndRecount(traceIds, row => {
      this.removeFrom.bindNumbers(1, row.id, from.segment, from.offset);
      this.removeFrom.run();
    });
  }

  /** Deletes all spans in segments below `segment`: their files are gone. Answers the traces that are gone with them. */
  discardBelow(segment: number): TraceId[] {
    const gone: TraceId[] = [];
    for (;;) {
      const rows = this.tables.traces.reachingBackTo(segment - 1, 500);
      if (rows.length === 0) return gone;
      const ids = rows.map(row => row.traceId);
      gone.push(
        ...this.removeAndRecount(ids, row => {
          this.removeMissing.bindNumbers(1, row.id, segment);
          this.removeMissing.run();
        }),
      );
    }
  }

  /** Deletes spans of one trace, not too many at a time. Answers how many rows' worth of work that was. */
  private sweepTrace(trace: number): number {
    this.boundary.bindNumber(1, trace);
    if (this.boundary.step()) {
      this.removeBelow.bindNumbers(1, trace, this.boundary.number(0), this.boundary.number(1));
      this.boundary.reset();
      this.removeBelow.run();
      return rowsPerSweep;
    }
    this.removeAll.bindNumber(1, trace);
    this.removeAll.run();
    this.swept++;
    // Finding the place costs about as much as deleting some rows.
    return this.tables.db.changes() + 5;
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
    const { all } = this;
    all.bindNumber(1, id);
    while (all.step()) {
      const segment = all.number(11);
      row.firstSegment = row.spanCount === 0 ? segment : Math.min(row.firstSegment, segment);
      const isRoot = all.number(2) === 0 && all.number(3) === 0;
      addSpan(
        row,
        all.number(0),
        all.number(1),
        isRoot,
        all.number(4),
        all.number(5),
        all.number(6),
        all.number(7),
        all.number(8),
        all.number(9),
        all.number(10),
      );
    }
    return row;
  }
}
