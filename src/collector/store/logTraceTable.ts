import { parseTraceId, type TraceId } from '../../core/model/ids';
import type { MemoryDatabase } from './memoryDatabase';
import type { Statement } from './statement';

/** A row of `log_traces`: the log records of one trace, or those of one segment that belong to none. */
export interface LogTraceRow {
  readonly id: number;
  /** See logTraceKey. */
  readonly key: string;
  logCount: number;
  /** As in `traces`. */
  firstSegment: number;
  lastSegment: number;
}

/** Traces that get records are few; those kept in memory are written without being read first. */
const maxCached = 4096;
const columns = 'id, trace_id, log_count, first_segment, last_segment';

/** What `trace_id` holds, in hex digits: the trace id, or the number of the segment, which is shorter. */
export function logTraceKey(trace: TraceId | number): string {
  return typeof trace === 'number' ? trace.toString(16).padStart(8, '0') : trace;
}

/** The trace that the records of `row` name; undefined where they name none. */
export function traceIdOf(row: LogTraceRow): TraceId | undefined {
  return parseTraceId(row.key);
}

/** The table `log_traces`. */
export class LogTraceTable {
  private readonly cache = new Map<string, { readonly row: LogTraceRow; isStored: boolean }>();
  private lastId = 0;
  private readonly byKey: Statement;
  private readonly insert: Statement;
  private readonly update: Statement;
  private readonly remove: Statement;
  private readonly inSegment: Statement;
  private readonly oldestFirst: Statement;
  private readonly totals: Statement;

  constructor(db: MemoryDatabase) {
    this.byKey = db.prepare(`SELECT ${columns} FROM log_traces WHERE trace_id = ?`);
    this.insert = db.prepare(`INSERT INTO log_traces (${columns}) VALUES (?, ?, ?, ?, ?)`);
    this.update = db.prepare(
      'UPDATE log_traces SET log_count = ?2, first_segment = ?3, last_segment = ?4 WHERE id = ?1',
    );
    this.remove = db.prepare('DELETE FROM log_traces WHERE id = ?');
    this.inSegment = db.prepare(
      `SELECT ${columns} FROM log_traces WHERE first_segment <= ?1 ORDER BY first_segment LIMIT ?2`,
    );
    this.oldestFirst = db.prepare(
      `SELECT ${columns} FROM log_traces WHERE (first_segment, id) > (?1, ?2) ORDER BY first_segment, id LIMIT ?3`,
    );
    this.totals = db.prepare('SELECT coalesce(sum(log_count), 0), coalesce(max(id), 0) FROM log_traces');
  }

  /** Forgets what is in memory; answers how many records the table tells of. */
  reload(): number {
    this.cache.clear();
    this.totals.step();
    const logs = this.totals.number(0);
    this.lastId = Math.max(this.lastId, this.totals.number(1));
    this.totals.reset();
    return logs;
  }

  find(key: string): LogTraceRow | undefined {
    const cached = this.cache.get(key);
    if (cached) return cached.isStored ? cached.row : undefined;
    this.byKey.bindBlob(1, Buffer.from(key, 'hex'));
    if (!this.byKey.step()) return undefined;
    const row = readRow(this.byKey);
    this.byKey.reset();
    return row;
  }

  /** The row of `key` to change, a new one where there is none; `save` must follow. */
  edit(key: string): LogTraceRow {
    const cached = this.cache.get(key);
    if (cached) {
      // Least recently used first.
      this.cache.delete(key);
      this.cache.set(key, cached);
      return cached.row;
    }
    const found = this.find(key);
    const row = found ?? { id: ++this.lastId, key, logCount: 0, firstSegment: 0, lastSegment: 0 };
    this.cache.set(key, { row, isStored: found !== undefined });
    return row;
  }

  /** Writes a row that came from `edit`; one that counts no records goes. */
  save(row: LogTraceRow): void {
    const cached = this.cache.get(row.key);
    if (cached?.row !== row)
      throw new Error(`the log records of ${row.key} are saved without having been edited`);
    if (row.logCount === 0) this.delete(row);
    else if (cached.isStored) {
      this.update.bindNumbers(1, row.id, row.logCount, row.firstSegment, row.lastSegment);
      this.update.run();
    } else {
      this.insert.bindNumber(1, row.id);
      this.insert.bindBlob(2, Buffer.from(row.key, 'hex'));
      this.insert.bindNumbers(3, row.logCount, row.firstSegment, row.lastSegment);
      this.insert.run();
      cached.isStored = true;
    }
  }

  /** Lets rows leave memory; between `edit` and `save` they must not. */
  trim(): void {
    for (const oldest of this.cache.keys()) {
      if (this.cache.size <= maxCached) break;
      this.cache.delete(oldest);
    }
  }

  delete({ id, key }: LogTraceRow): void {
    this.cache.delete(key);
    this.remove.bindNumber(1, id);
    this.remove.run();
  }

  /** Some rows with records in `segment` or an older one, oldest first. */
  reachingBackTo(segment: number, limit: number): LogTraceRow[] {
    this.inSegment.bindNumbers(1, segment, limit);
    return all(this.inSegment);
  }

  /** Some rows in the order of the oldest segment they have records in, from behind `after` on. */
  oldest(after: LogTraceRow | undefined, limit: number): LogTraceRow[] {
    this.oldestFirst.bindNumbers(1, after?.firstSegment ?? -1, after?.id ?? 0, limit);
    return all(this.oldestFirst);
  }
}

function all(statement: Statement): LogTraceRow[] {
  const rows: LogTraceRow[] = [];
  while (statement.step()) rows.push(readRow(statement));
  return rows;
}

function readRow(statement: Statement): LogTraceRow {
  return {
    id: statement.number(0),
    key: Buffer.from(statement.blob(1)).toString('hex'),
    logCount: statement.number(2),
    firstSegment: statement.number(3),
    lastSegment: statement.number(4),
  };
}
