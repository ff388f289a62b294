import type { Location } from '../journal/location';
import type { MemoryDatabase } from './memoryDatabase';
import type { Statement } from './statement';

/** Identifies a row of `logs`. Halves of span ids are signed. */
export interface LogKey {
  readonly trace: number;
  readonly spanHigh: number;
  readonly spanLow: number;
  readonly micros: number;
  readonly nanos: number;
  readonly hash: number;
}

/** A place in the order of time. Records of one time have the order in which they arrived. */
export interface LogTime {
  readonly micros: number;
  readonly nanos: number;
  readonly segment: number;
  readonly offset: number;
}

/** Where all of a log record is. */
export interface LogPlace extends Location, LogKey {
  readonly resource: number;
  readonly scope: number;
}

const columns = 'time_us, time_ns, trace, span_hi, span_lo, hash, segment, offset, length, resource, scope';
const ofTrace = 'trace = ?1';
const ofSpan = 'trace = ?1 AND span_hi = ?2 AND span_lo = ?3';

/** Reads of the table `logs`. `minSeverity` 0 takes all. */
export class LogReader {
  private readonly newest: Statement;
  private readonly inTrace: Statement;
  private readonly inSpan: Statement;
  private readonly countAll: Statement;
  private readonly countTrace: Statement;
  private readonly countSpan: Statement;
  private readonly inSegment: Statement;
  private readonly behind: Statement;

  constructor(db: MemoryDatabase) {
    const select = `SELECT ${columns} FROM logs`;
    const time = '(time_us, time_ns, segment, offset)';
    const ascending = 'ORDER BY time_us, time_ns, segment, offset';
    this.newest = db.prepare(
      `${select} WHERE severity >= ?1 AND ${time} < (?3, ?4, ?5, ?6)
        ORDER BY time_us DESC, time_ns DESC, segment DESC, offset DESC LIMIT ?2`,
    );
    this.inTrace = db.prepare(
      `${select} WHERE ${ofTrace} AND severity >= ?2 AND ${time} > (?4, ?5, ?6, ?7) ${ascending} LIMIT ?3`,
    );
    this.inSpan = db.prepare(
      `${select} WHERE ${ofSpan} AND severity >= ?4 AND ${time} > (?6, ?7, ?8, ?9) ${ascending} LIMIT ?5`,
    );
    this.behind = db.prepare(
      `${select} WHERE (trace, span_hi, span_lo, time_us, time_ns, hash) > (?1, ?2, ?3, ?4, ?5, ?6)
        ORDER BY trace, span_hi, span_lo, time_us, time_ns, hash LIMIT ?7`,
    );
    const count = 'SELECT count(*) FROM logs WHERE';
    this.countAll = db.prepare(`${count} severity >= ?1`);
    this.countTrace = db.prepare(`${count} ${ofTrace} AND severity >= ?2`);
    this.countSpan = db.prepare(`${count} ${ofSpan} AND severity >= ?4`);
    this.inSegment = db.prepare(
      `${select} WHERE ${ofTrace} AND segment <= ?2 AND (span_hi, span_lo, time_us, time_ns, hash) > (?3, ?4, ?5, ?6, ?7)
        ORDER BY span_hi, span_lo, time_us, time_ns, hash LIMIT ?8`,
    );
  }

  /** Those behind `after` by trace, all from trace `after` on where it is a number, until `visit` answers false. */
  page(after: LogKey | number, limit: number, visit: (place: LogPlace) => boolean): LogPlace | undefined {
    const { behind } = this;
    // Lower than any span id there is.
    if (typeof after === 'number') behind.bindNumbers(1, after, -(2 ** 31) - 1, 0, 0, 0, 0);
    else {
      const { trace, spanHigh, spanLow, micros, nanos, hash } = after;
      behind.bindNumbers(1, trace, spanHigh, spanLow, micros, nanos, hash);
    }
    behind.bindNumber(7, limit);
    let last: LogPlace | undefined;
    try {
      while (behind.step()) {
        last = readPlace(behind);
        if (!visit(last)) break;
      }
    } finally {
      behind.reset();
    }
    return last;
  }

  /** All records, newest first, those behind `before`. */
  newestFirst(minSeverity: number, limit: number, before?: LogTime): LogPlace[] {
    this.newest.bindNumbers(1, minSeverity, limit, ...(before ? timeNumbers(before) : [Infinity, 0, 0, 0]));
    return places(this.newest);
  }

  count(minSeverity: number): number {
    this.countAll.bindNumber(1, minSeverity);
    return one(this.countAll);
  }

  /** Those of a trace (its id in `log_traces`), oldest first, those behind `after`. */
  ofTrace(trace: number, minSeverity: number, limit: number, after?: LogTime): LogPlace[] {
    this.inTrace.bindNumbers(1, trace, minSeverity, limit, ...(after ? timeNumbers(after) : beforeAll));
    return places(this.inTrace);
  }

  countOfTrace(trace: number, minSeverity: number): number {
    this.countTrace.bindNumbers(1, trace, minSeverity);
    return one(this.countTrace);
  }

  /** Those of a span, oldest first, those behind `after`. Halves go in signed or unsigned. */
  ofSpan(
    trace: number,
    high: number,
    low: number,
    minSeverity: number,
    limit: number,
    after?: LogTime,
  ): LogPlace[] {
    const from = after ? timeNumbers(after) : beforeAll;
    this.inSpan.bindNumbers(1, trace, high | 0, low | 0, minSeverity, limit, ...from);
    return places(this.inSpan);
  }

  countOfSpan(trace: number, high: number, low: number, minSeverity: number): number {
    this.countSpan.bindNumbers(1, trace, high | 0, low | 0, minSeverity);
    return one(this.countSpan);
  }

  /** Up to `limit` records of a trace that lie in `segment` or an older one, in order of their key behind `after`. */
  upToSegment(trace: number, segment: number, after: LogKey | undefined, limit: number): LogPlace[] {
    const from = after
      ? [after.spanHigh, after.spanLow, after.micros, after.nanos, after.hash]
      : [-Infinity, 0, 0, 0, 0];
    this.inSegment.bindNumbers(1, trace, segment, ...from, limit);
    return places(this.inSegment);
  }
}

const beforeAll: readonly number[] = [-Infinity, 0, 0, 0];

function timeNumbers({ micros, nanos, segment, offset }: LogTime): number[] {
  return [micros, nanos, segment, offset];
}

function one(statement: Statement): number {
  statement.step();
  const value = statement.number(0);
  statement.reset();
  return value;
}

function places(statement: Statement): LogPlace[] {
  const found: LogPlace[] = [];
  while (statement.step()) found.push(readPlace(statement));
  return found;
}

function readPlace(statement: Statement): LogPlace {
  return {
    micros: statement.number(0),
    nanos: statement.number(1),
    trace: statement.number(2),
    spanHigh: statement.number(3),
    spanLow: statement.number(4),
    hash: statement.number(5),
    segment: statement.number(6),
    offset: statement.number(7),
    length: statement.number(8),
    resource: statement.number(9),
    scope: statement.number(10),
  };
}
