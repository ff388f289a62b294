import type { TraceId } from '../../core/model/ids';
import type { LogPlace } from './logReader';
import type { LogTraceRow, LogTraceTable } from './logTraceTable';
import type { Statement } from './statement';
import type { Tables } from './tables';

/** Rows deleted in one go: about 10 ms. */
const rowsPerSweep = 5000;
const key = 'span_hi, span_lo, time_us, time_ns, hash';

/** Takes log records out of the store: all of a trace, or some. */
export class LogRemover {
  /** Ids in `log_traces` that are gone and whose records are still to be deleted. */
  private readonly leftovers = new Set<number>();
  private readonly boundary: Statement;
  private readonly removeAll: Statement;
  private readonly removeBelow: Statement;
  private readonly removeOne: Statement;

  constructor(
    private readonly tables: Tables,
    private readonly traces: LogTraceTable,
  ) {
    const { db } = tables;
    this.boundary = db.prepare(
      `SELECT ${key} FROM logs WHERE trace = ? ORDER BY ${key} LIMIT 1 OFFSET ${rowsPerSweep}`,
    );
    this.removeAll = db.prepare('DELETE FROM logs WHERE trace = ?');
    this.removeBelow = db.prepare(`DELETE FROM logs WHERE trace = ?1 AND (${key}) < (?2, ?3, ?4, ?5, ?6)`);
    this.removeOne = db.prepare(`DELETE FROM logs WHERE trace = ?1 AND (${key}) = (?2, ?3, ?4, ?5, ?6)`);
  }

  /** Whether the records of this id in `log_traces` are gone, although the table may still have them. */
  isGone(trace: number): boolean {
    return this.leftovers.has(trace);
  }

  /** Ids in `log_traces` that are gone and whose records are still there. */
  get unswept(): readonly number[] {
    return [...this.leftovers];
  }

  /** The records of these traces are gone at once; `sweep` deletes them. Answers how many they are. */
  dropTraces(traceIds: Iterable<TraceId>): number {
    const rows: LogTraceRow[] = [];
    for (const traceId of traceIds) {
      const row = this.traces.find(traceId);
      if (row) rows.push(row);
    }
    return this.dropRows(rows);
  }

  dropRows(rows: readonly LogTraceRow[]): number {
    if (rows.length === 0) return 0;
    this.tables.transaction(() => {
      for (const row of rows) this.traces.delete(row);
    });
    let records = 0;
    for (const { id, logCount } of rows) {
      this.leftovers.add(id);
      records += logCount;
    }
    this.tables.logCount -= records;
    return records;
  }

  /** Deletes some records of dropped traces; false where none are left. */
  sweep(): boolean {
    if (this.leftovers.size === 0) return false;
    this.tables.transaction(() => {
      let rows = 0;
      for (const trace of this.leftovers) {
        if (rows >= rowsPerSweep) break;
        rows += this.sweepTrace(trace);
      }
    });
    return true;
  }

  /** Deletes `places` of `trace`, where that is not gone as a whole. Answers how many records that were. */
  cut(trace: LogTraceRow, places: readonly LogPlace[]): number {
    let removed = 0;
    this.change(trace, row => {
      for (const { spanHigh, spanLow, micros, nanos, hash } of places) {
        this.removeOne.bindNumbers(1, row.id, spanHigh, spanLow, micros, nanos, hash);
        this.removeOne.run();
        removed += this.tables.db.changes();
      }
      row.logCount -= removed;
    });
    this.tables.logCount -= removed;
    return removed;
  }

  /** No record of `trace` lies in `segment` or an older one any more. */
  leaveSegment(trace: LogTraceRow, segment: number): void {
    this.change(trace, row => {
      row.firstSegment = Math.max(row.firstSegment, segment + 1);
    });
  }

  private change({ id, key: traceKey }: LogTraceRow, change: (row: LogTraceRow) => void): void {
    if (this.traces.find(traceKey)?.id !== id) return;
    this.tables.transaction(() => {
      const row = this.traces.edit(traceKey);
      change(row);
      this.traces.save(row);
      this.traces.trim();
    });
  }

  /** Deletes records of one trace, not too many at a time. Answers how many rows' worth of work that was. */
  private sweepTrace(trace: number): number {
    const { boundary } = this;
    boundary.bindNumber(1, trace);
    if (boundary.step()) {
      const [high, low, micros, nanos, hash] = [0, 1, 2, 3, 4].map(column => boundary.number(column));
      boundary.reset();
      this.removeBelow.bindNumbers(1, trace, high ?? 0, low ?? 0, micros ?? 0, nanos ?? 0, hash ?? 0);
      this.removeBelow.run();
      return rowsPerSweep;
    }
    this.removeAll.bindNumber(1, trace);
    this.removeAll.run();
    this.leftovers.delete(trace);
    // Finding the place costs about as much as deleting some rows.
    return this.tables.db.changes() + 5;
  }
}
