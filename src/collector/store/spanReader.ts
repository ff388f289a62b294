import type { Location } from '../journal/location';
import type { MemoryDatabase } from './memoryDatabase';
import type { Statement } from './statement';

/** Where all of a span is. */
export interface SpanPlace extends Location {
  readonly spanHigh: number;
  readonly spanLow: number;
  readonly resource: number;
  readonly scope: number;
  readonly service: number;
  readonly status: number;
}

const placeColumns = 'segment, offset, length, span_hi, span_lo, resource, scope, service, status';

/** Reads of the table `spans` that answer single spans. Halves of ids go in signed or unsigned and come out unsigned. */
export class SpanReader {
  private readonly one: Statement;
  private readonly inSegment: Statement;
  private readonly bySpanId: Statement;

  constructor(db: MemoryDatabase) {
    this.one = db.prepare(
      `SELECT ${placeColumns} FROM spans WHERE trace = ?1 AND span_hi = ?2 AND span_lo = ?3`,
    );
    this.inSegment = db.prepare(
      `SELECT ${placeColumns} FROM spans
        WHERE trace = ?1 AND segment <= ?2 AND (span_hi, span_lo) > (?3, ?4) ORDER BY span_hi, span_lo LIMIT ?5`,
    );
    this.bySpanId = db.prepare(
      `SELECT traces.id FROM spans JOIN traces ON traces.id = spans.trace
        WHERE trace > ?1 AND trace <= ?2 AND span_lo = ?3 AND span_hi = ?4
        ORDER BY trace DESC LIMIT ?5`,
    );
  }

  find(trace: number, high: number, low: number): SpanPlace | undefined {
    this.one.bindNumbers(1, trace, high | 0, low | 0);
    if (!this.one.step()) return undefined;
    const place = readPlace(this.one);
    this.one.reset();
    return place;
  }

  /** Up to `limit` spans of a trace that lie in `segment` or an older one, in order of id behind `after`. */
  upToSegment(trace: number, segment: number, after: SpanPlace | undefined, limit: number): SpanPlace[] {
    // Below the lowest id there is.
    const high = after ? after.spanHigh | 0 : -(2 ** 31) - 1;
    this.inSegment.bindNumbers(1, trace, segment, high, after ? after.spanLow | 0 : 0, limit);
    const places: SpanPlace[] = [];
    while (this.inSegment.step()) places.push(readPlace(this.inSegment));
    return places;
  }

  /** The traces with ids in (after, upTo] that have a span of this id. Reads all spans between: there is no index. */
  tracesWithSpan(high: number, low: number, after: number, upTo: number, limit: number): number[] {
    this.bySpanId.bindNumbers(1, after, upTo, low | 0, high | 0, limit);
    const traces: number[] = [];
    while (this.bySpanId.step()) traces.push(this.bySpanId.number(0));
    return traces;
  }
}

function readPlace(statement: Statement): SpanPlace {
  return {
    segment: statement.number(0),
    offset: statement.number(1),
    length: statement.number(2),
    spanHigh: statement.number(3) >>> 0,
    spanLow: statement.number(4) >>> 0,
    resource: statement.number(5),
    scope: statement.number(6),
    service: statement.number(7),
    status: statement.number(8),
  };
}
