import type { TraceId } from '../../core/model/ids';
import type { MemoryDatabase } from './memoryDatabase';
import type { Statement } from './statement';
import { newTraceRow, type TraceRow } from './traceRow';

const columns = `id, trace_id, start_us, start_ns, end_us, end_ns, span_count, error_count, services, first_segment,
  last_segment, has_root, root_hi, root_lo, root_us, root_ns, root_name, root_service, root_error, root_category, pin_segment`;

/** Traces that are growing are few; those kept in memory are written without being read first. */
const maxCached = 2048;

interface Cached {
  readonly row: TraceRow;
  /** Whether the table has the row. */
  isStored: boolean;
  /** What the table has of it, as far as that need not be written again: set by `edit`, where the row is stored. */
  stored: StoredPart | undefined;
}

interface StoredPart {
  startMicros: number;
  startNanos: number;
  firstSegment: number;
  services: number;
  hasRoot: boolean;
  rootHigh: number;
  rootLow: number;
  rootMicros: number;
  rootNanos: number;
  rootName: number;
  rootService: number;
}

export interface TraceTotals {
  readonly traces: number;
  readonly spans: number;
  readonly pinnedTraces: number;
  readonly pinnedSpans: number;
}

/** The table `traces`. */
export class TraceTable {
  private readonly cache = new Map<string, Cached>();
  private readonly idBytes = Buffer.alloc(16);
  private lastId = 0;
  private readonly byTraceId: Statement;
  private readonly byId: Statement;
  private readonly insert: Statement;
  private readonly updateTotals: Statement;
  private readonly updateRoot: Statement;
  private readonly updateOrder: Statement;
  private readonly updateServices: Statement;
  private readonly remove: Statement;
  private readonly newest: Statement;
  private readonly newestBefore: Statement;
  private readonly inSegment: Statement;
  private readonly prefix: Statement;
  private readonly totals: Statement;
  private readonly setPin: Statement;
  private readonly pinnedIn: Statement;
  private readonly named: Statement;

  constructor(db: MemoryDatabase) {
    const select = `SELECT ${columns} FROM traces`;
    this.byTraceId = db.prepare(`${select} WHERE trace_id = ?`);
    this.byId = db.prepare(`${select} WHERE id = ?`);
    this.insert = db.prepare(`INSERT INTO traces (${columns}) VALUES (${'?,'.repeat(20)}?)`);
    this.updateTotals = db.prepare(
      `UPDATE traces SET end_us = ?2, end_ns = ?3, span_count = ?4, error_count = ?5, last_segment = ?6 WHERE id = ?1`,
    );
    this.updateRoot = db.prepare(
      `UPDATE traces SET has_root = ?2, root_hi = ?3, root_lo = ?4, root_us = ?5, root_ns = ?6, root_name = ?7,
        root_service = ?8, root_error = ?9, root_category = ?10 WHERE id = ?1`,
    );
    // Apart from the rest: SQLite rewrites the index entries of every column that is set, changed or not.
    this.updateOrder = db.prepare(
      `UPDATE traces SET start_us = ?2, start_ns = ?3, first_segment = ?4 WHERE id = ?1`,
    );
    this.updateServices = db.prepare('UPDATE traces SET services = ?2 WHERE id = ?1');
    this.remove = db.prepare('DELETE FROM traces WHERE id = ?');
    const order = 'ORDER BY start_us DESC, start_ns DESC, id DESC LIMIT ?1';
    this.newest = db.prepare(`${select} ${order}`);
    this.newestBefore = db.prepare(`${select} WHERE (start_us, start_ns, id) < (?2, ?3, ?4) ${order}`);
    this.inSegment = db.prepare(`${select} WHERE first_segment <= ?1 ORDER BY first_segment LIMIT ?2`);
    this.prefix = db.prepare(`${select} WHERE trace_id BETWEEN ?1 AND ?2 ORDER BY trace_id LIMIT ?3`);
    this.totals = db.prepare(
      `SELECT count(*), coalesce(sum(span_count), 0), coalesce(max(id), 0), coalesce(sum(pin_segment > 0), 0),
        coalesce(sum(iif(pin_segment > 0, span_count, 0)), 0) FROM traces`,
    );
    this.setPin = db.prepare('UPDATE traces SET pin_segment = ?2 WHERE id = ?1');
    this.named = db.prepare(
      'SELECT id, root_name, root_service, services FROM traces WHERE id > ?1 ORDER BY id LIMIT ?2',
    );
    this.pinnedIn = db.prepare(`${select} WHERE pin_segment > 0 AND pin_segment <= ?1 LIMIT ?2`);
  }

  /** Forgets what is in memory and counts what is in the table. Ids are not used twice while the table is open. */
  reload(): TraceTotals {
    this.cache.clear();
    this.totals.step();
    const counts = {
      traces: this.totals.number(0),
      spans: this.totals.number(1),
      pinnedTraces: this.totals.number(3),
      pinnedSpans: this.totals.number(4),
    };
    this.lastId = Math.max(this.lastId, this.totals.number(2));
    this.totals.reset();
    return counts;
  }

  get highestId(): number {
    return this.lastId;
  }

  find(traceId: TraceId): TraceRow | undefined {
    const cached = this.cache.get(traceId);
    if (cached) return cached.row;
    return this.read(traceId);
  }

  /** The row of `traceId` to add spans to, a new one where there is none; `save` must follow. */
  edit(traceId: TraceId): TraceRow {
    const cached = this.cache.get(traceId);
    if (cached) {
      // Least recently used first.
      this.cache.delete(traceId);
      this.cache.set(traceId, cached);
      // Not when it is saved: most traces are not edited again.
      cached.stored = cached.isStored ? storedPart(cached.row) : undefined;
      return cached.row;
    }
    const found = this.read(traceId);
    const row = found ?? newTraceRow(++this.lastId, traceId);
    this.cache.set(traceId, { row, isStored: found !== undefined, stored: found && storedPart(found) });
    return row;
  }

  /** Writes a row that came from `edit`, once. */
  save(row: TraceRow): void {
    const cached = this.cache.get(row.traceId);
    if (!cached || (cached.isStored && !cached.stored))
      throw new Error(`trace ${row.traceId} is saved without having been edited`);
    const { stored } = cached;
    if (!stored) this.insertRow(row);
    else {
      this.updateRow(row);
      if (isOtherRoot(stored, row)) {
        this.updateRoot.bindNumber(1, row.id);
        bindRoot(this.updateRoot, 2, row);
        this.updateRoot.run();
      }
      const moved = stored.startMicros !== row.startMicros || stored.startNanos !== row.startNanos;
      if (moved || stored.firstSegment !== row.firstSegment) {
        this.updateOrder.bindNumbers(1, row.id, row.startMicros, row.startNanos, row.firstSegment);
        this.updateOrder.run();
      }
      if (stored.services !== row.services.length) {
        this.updateServices.bindNumber(1, row.id);
        this.updateServices.bindText(2, row.services.join(','));
        this.updateServices.run();
      }
    }
    cached.isStored = true;
    cached.stored = undefined;
  }

  /** Lets rows leave memory; between `edit` and `save` they must not. */
  trim(): void {
    for (const oldest of this.cache.keys()) {
      if (this.cache.size <= maxCached) break;
      this.cache.delete(oldest);
    }
  }

  delete(row: TraceRow): void {
    this.cache.delete(row.traceId);
    this.remove.bindNumber(1, row.id);
    this.remove.run();
  }

  /** `segment` holds the journal's note that the trace is pinned; 0 = it is not pinned. */
  pin(row: TraceRow, segment: number): void {
    row.pinSegment = segment;
    const cached = this.cache.get(row.traceId);
    if (cached) cached.row.pinSegment = segment;
    this.setPin.bindNumbers(1, row.id, segment);
    this.setPin.run();
  }

  /** Some pinned traces whose note lies in `segment` or an older one. */
  pinnedUpTo(segment: number, limit: number): TraceRow[] {
    this.pinnedIn.bindNumbers(1, segment, limit);
    return all(this.pinnedIn);
  }

  /**
   * What the summaries behind `after` name, in order of id: a name and services. Answers the last id looked at; undefined
   * where there is none.
   */
  eachNamed(
    after: number,
    limit: number,
    visit: (name: number, services: readonly number[]) => void,
  ): number | undefined {
    const { named } = this;
    named.bindNumbers(1, after, limit);
    let last: number | undefined;
    while (named.step()) {
      last = named.number(0);
      visit(named.number(1), [named.number(2), ...serviceIds(named.text(3))]);
    }
    return last;
  }

  withId(id: number): TraceRow | undefined {
    this.byId.bindNumber(1, id);
    return first(this.byId);
  }

  /** Newest first by start; from `before` on where it is given. */
  list(limit: number, before?: TraceRow): TraceRow[] {
    const statement = before ? this.newestBefore : this.newest;
    statement.bindNumber(1, limit);
    if (before) statement.bindNumbers(2, before.startMicros, before.startNanos, before.id);
    return all(statement);
  }

  /** Some traces with spans in `segment` or an older one. */
  reachingBackTo(segment: number, limit: number): TraceRow[] {
    this.inSegment.bindNumbers(1, segment, limit);
    return all(this.inSegment);
  }

  /** Those whose id starts with `digits` (1 to 32 lower-case hex digits), in order. */
  withPrefix(digits: string, limit: number): TraceRow[] {
    this.prefix.bindBlob(1, Buffer.from(digits.padEnd(32, '0'), 'hex'));
    this.prefix.bindBlob(2, Buffer.from(digits.padEnd(32, 'f'), 'hex'));
    this.prefix.bindNumber(3, limit);
    return all(this.prefix);
  }

  private read(traceId: TraceId): TraceRow | undefined {
    this.byTraceId.bindBlob(1, this.bytesOf(traceId));
    return first(this.byTraceId);
  }

  /** The bytes of an id, until the next one's are asked for. */
  private bytesOf(traceId: TraceId): Uint8Array {
    this.idBytes.write(traceId, 'hex');
    return this.idBytes;
  }

  private insertRow(row: TraceRow): void {
    const { insert } = this;
    insert.bindNumber(1, row.id);
    insert.bindBlob(2, this.bytesOf(row.traceId));
    insert.bindNumber(3, row.startMicros);
    insert.bindNumber(4, row.startNanos);
    insert.bindNumber(5, row.endMicros);
    insert.bindNumber(6, row.endNanos);
    insert.bindNumber(7, row.spanCount);
    insert.bindNumber(8, row.errorCount);
    insert.bindText(9, row.services.join(','));
    insert.bindNumber(10, row.firstSegment);
    insert.bindNumber(11, row.lastSegment);
    bindRoot(insert, 12, row);
    insert.bindNumber(21, row.pinSegment);
    insert.run();
  }

  private updateRow(row: TraceRow): void {
    const { id, endMicros, endNanos, spanCount, errorCount, lastSegment } = row;
    this.updateTotals.bindNumbers(1, id, endMicros, endNanos, spanCount, errorCount, lastSegment);
    this.updateTotals.run();
  }
}

function storedPart(row: TraceRow): StoredPart {
  return {
    startMicros: row.startMicros,
    startNanos: row.startNanos,
    firstSegment: row.firstSegment,
    services: row.services.length,
    hasRoot: row.hasRoot,
    rootHigh: row.rootHigh,
    rootLow: row.rootLow,
    rootMicros: row.rootMicros,
    rootNanos: row.rootNanos,
    rootName: row.rootName,
    rootService: row.rootService,
  };
}

/** Whether the root, or what stands in for it, is not as it is stored. */
function isOtherRoot(stored: StoredPart, row: TraceRow): boolean {
  return (
    stored.rootLow !== row.rootLow ||
    stored.rootHigh !== row.rootHigh ||
    stored.hasRoot !== row.hasRoot ||
    stored.rootMicros !== row.rootMicros ||
    stored.rootNanos !== row.rootNanos ||
    stored.rootName !== row.rootName ||
    stored.rootService !== row.rootService
  );
}

/** Binds what a row has of its root, nine parameters from `index` on. */
function bindRoot(statement: Statement, index: number, row: TraceRow): void {
  statement.bindNumber(index, row.hasRoot ? 1 : 0);
  statement.bindNumber(index + 1, row.rootHigh);
  statement.bindNumber(index + 2, row.rootLow);
  statement.bindNumber(index + 3, row.rootMicros);
  statement.bindNumber(index + 4, row.rootNanos);
  statement.bindNumber(index + 5, row.rootName);
  statement.bindNumber(index + 6, row.rootService);
  statement.bindNumber(index + 7, row.rootError ? 1 : 0);
  statement.bindNumber(index + 8, row.rootCategory);
}

function first(statement: Statement): TraceRow | undefined {
  if (!statement.step()) return undefined;
  const row = readRow(statement);
  statement.reset();
  return row;
}

function all(statement: Statement): TraceRow[] {
  const rows: TraceRow[] = [];
  while (statement.step()) rows.push(readRow(statement));
  return rows;
}

function readRow(statement: Statement): TraceRow {
  const traceId = Buffer.from(statement.blob(1)).toString('hex');
  if (!isTraceId(traceId)) throw new Error('the traces table holds an id that is none');
  const services = statement.text(8);
  return {
    id: statement.number(0),
    traceId,
    startMicros: statement.number(2),
    startNanos: statement.number(3),
    endMicros: statement.number(4),
    endNanos: statement.number(5),
    spanCount: statement.number(6),
    errorCount: statement.number(7),
    services: serviceIds(services),
    firstSegment: statement.number(9),
    lastSegment: statement.number(10),
    hasRoot: statement.number(11) === 1,
    rootHigh: statement.number(12),
    rootLow: statement.number(13),
    rootMicros: statement.number(14),
    rootNanos: statement.number(15),
    rootName: statement.number(16),
    rootService: statement.number(17),
    rootError: statement.number(18) === 1,
    rootCategory: statement.number(19),
    pinSegment: statement.number(20),
  };
}

function serviceIds(text: string): number[] {
  return text === '' ? [] : text.split(',').map(Number);
}

function isTraceId(digits: string): digits is TraceId {
  return digits.length === 32;
}
