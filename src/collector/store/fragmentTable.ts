import { FragmentDecoder } from './fragmentDecoder';
import { FragmentEncoder } from './fragmentEncoder';
import type { MemoryDatabase } from './memoryDatabase';
import type { SpanIdMap } from './spanIdMap';
import type { Statement } from './statement';

/** A row of `fragments`. */
export interface Fragment {
  readonly number: number;
  /** Where the payload of the request lies that the spans came in. */
  readonly segment: number;
  readonly offset: number;
  /** Before the first span. */
  readonly spans: FragmentDecoder;
}

/** The key of a row. */
export interface FragmentPlace {
  readonly trace: number;
  readonly number: number;
}

const columns = 'number, segment, offset, ids, records';
const idBytes = 8;

/** The table `fragments`: spans, packed. */
export class FragmentTable {
  private readonly encoder = new FragmentEncoder();
  private readonly add: Statement;
  private readonly update: Statement;
  private readonly remove: Statement;
  private readonly removeBelow: Statement;
  private readonly removeOld: Statement;
  private readonly boundary: Statement;
  private readonly range: Statement;
  private readonly one: Statement;
  private readonly idsOf: Statement;
  private readonly withId: Statement;
  private readonly behind: Statement;
  private readonly before: Statement;

  constructor(private readonly db: MemoryDatabase) {
    const one = 'WHERE trace = ?1 AND number = ?2';
    this.add = db.prepare(
      'INSERT INTO fragments (trace, number, segment, offset, ids, records) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.update = db.prepare(`UPDATE fragments SET ids = ?3, records = ?4 ${one}`);
    this.remove = db.prepare(`DELETE FROM fragments ${one}`);
    this.removeBelow = db.prepare('DELETE FROM fragments WHERE trace = ?1 AND number < ?2');
    this.removeOld = db.prepare('DELETE FROM fragments WHERE trace = ?1 AND segment < ?2');
    this.boundary = db.prepare(
      'SELECT number FROM fragments WHERE trace = ?1 ORDER BY number LIMIT 1 OFFSET ?2',
    );
    this.range = db.prepare(
      `SELECT ${columns} FROM fragments WHERE trace = ?1 AND number >= ?2 AND segment <= ?3 ORDER BY number`,
    );
    this.one = db.prepare(`SELECT ${columns} FROM fragments ${one}`);
    this.behind = db.prepare(
      `SELECT trace, number, ids, records FROM fragments WHERE (trace, number) > (?1, ?2)
        ORDER BY trace, number LIMIT ?3`,
    );
    this.before = db.prepare(
      `SELECT ${columns}, trace FROM fragments WHERE (trace, number) < (?1, ?2)
        AND EXISTS (SELECT 1 FROM traces WHERE id = trace) ORDER BY trace DESC, number DESC LIMIT ?3`,
    );
    this.idsOf = db.prepare('SELECT number, ids FROM fragments WHERE trace = ? ORDER BY number');
    this.withId = db.prepare(
      `SELECT trace, ids FROM fragments WHERE trace > ?1 AND trace <= ?2 AND instr(ids, ?3) > 0
        AND EXISTS (SELECT 1 FROM traces WHERE id = trace) ORDER BY trace DESC`,
    );
  }

  /**
   * The fragments behind a place, in order of trace and number, until `visit` answers false or `limit` have come. Answers
   * the place of the last one; undefined where there is none behind it. `visit` must not change the table.
   */
  page(
    after: FragmentPlace,
    limit: number,
    visit: (spans: FragmentDecoder, trace: number) => boolean,
  ): FragmentPlace | undefined {
    const { behind } = this;
    behind.bindNumbers(1, after.trace, after.number, limit);
    let last: FragmentPlace | undefined;
    try {
      while (behind.step()) {
        last = { trace: behind.number(0), number: behind.number(1) };
        if (!visit(new FragmentDecoder(behind.blob(2), behind.blob(3)), last.trace)) break;
      }
    } finally {
      behind.reset();
    }
    return last;
  }

  /** The same in the opposite order, those of traces that are being deleted left out. */
  pageBefore(
    place: FragmentPlace,
    limit: number,
    visit: (fragment: Fragment, trace: number) => boolean,
  ): FragmentPlace | undefined {
    const { before } = this;
    before.bindNumbers(1, place.trace, place.number, limit);
    let last: FragmentPlace | undefined;
    try {
      while (before.step()) {
        last = { trace: before.number(5), number: before.number(0) };
        if (!visit(read(before), last.trace)) break;
      }
    } finally {
      before.reset();
    }
    return last;
  }

  insert(trace: number, number: number, segment: number, offset: number, encoder: FragmentEncoder): void {
    const { add } = this;
    add.bindNumbers(1, trace, number, segment, offset);
    add.bindBlob(5, encoder.ids);
    add.bindBlob(6, encoder.records);
    add.run();
  }

  /**
   * The fragments of a trace from `first` on whose segment is at most `upTo`, in order of arrival, until `visit` answers
   * false. `visit` must not change the table.
   */
  each(trace: number, first: number, upTo: number, visit: (fragment: Fragment) => boolean): void {
    const { range } = this;
    range.bindNumbers(1, trace, first, upTo);
    try {
      while (range.step() && visit(read(range)));
    } finally {
      range.reset();
    }
  }

  /** The fragment with its spans at the one of this id; undefined where that is not in it. */
  seek(trace: number, number: number, high: number, low: number): Fragment | undefined {
    const fragment = this.find(trace, number);
    if (!fragment) return undefined;
    const { spans } = fragment;
    while (spans.next()) if (spans.spanLow === low && spans.spanHigh === high) return fragment;
    return undefined;
  }

  /** Takes the spans with the ids of `gone` out of a fragment. */
  removeSpans(trace: number, number: number, gone: SpanIdMap): void {
    const fragment = this.find(trace, number);
    if (!fragment) return;
    const { spans } = fragment;
    const { encoder } = this;
    encoder.clear();
    while (spans.next()) if (gone.get(spans.spanHigh, spans.spanLow) === undefined) encoder.add(spans);
    this.replace(trace, number, encoder);
  }

  /** The ids of all spans of a trace: eight bytes each, a fragment at a time. */
  eachIds(trace: number, visit: (ids: Uint8Array, number: number) => void): void {
    this.idsOf.bindNumber(1, trace);
    while (this.idsOf.step()) visit(this.idsOf.blob(1), this.idsOf.number(0));
  }

  /** The traces with numbers in (after, upTo] that have a span of this id, highest first. */
  tracesWith(id: Uint8Array, after: number, upTo: number, limit: number): number[] {
    const { withId } = this;
    withId.bindNumbers(1, after, upTo);
    withId.bindBlob(3, id);
    const traces: number[] = [];
    while (traces.length < limit && withId.step()) {
      const trace = withId.number(0);
      // What instr() found may begin in the middle of an id.
      if (traces.at(-1) !== trace && holdsId(withId.blob(1), id)) traces.push(trace);
    }
    withId.reset();
    return traces;
  }

  /** Deletes the fragments of a trace, at most `limit`. Answers how many they were and whether any is left. */
  sweep(trace: number, limit: number): { deleted: number; isDone: boolean } {
    this.boundary.bindNumbers(1, trace, limit);
    const isDone = !this.boundary.step();
    this.removeBelow.bindNumbers(1, trace, isDone ? Number.MAX_SAFE_INTEGER : this.boundary.number(0));
    this.boundary.reset();
    this.removeBelow.run();
    return { deleted: this.db.changes(), isDone };
  }

  /** Deletes the fragments of a trace in segments below `segment`. */
  discardBelow(trace: number, segment: number): void {
    this.removeOld.bindNumbers(1, trace, segment);
    this.removeOld.run();
  }

  private find(trace: number, number: number): Fragment | undefined {
    this.one.bindNumbers(1, trace, number);
    if (!this.one.step()) return undefined;
    const fragment = read(this.one);
    this.one.reset();
    return fragment;
  }

  /** Gives a fragment other spans; without any, it goes. */
  private replace(trace: number, number: number, encoder: FragmentEncoder): void {
    if (encoder.count === 0) {
      this.remove.bindNumbers(1, trace, number);
      this.remove.run();
      return;
    }
    const { update } = this;
    update.bindNumbers(1, trace, number);
    update.bindBlob(3, encoder.ids);
    update.bindBlob(4, encoder.records);
    update.run();
  }
}

function read(statement: Statement): Fragment {
  return {
    number: statement.number(0),
    segment: statement.number(1),
    offset: statement.number(2),
    spans: new FragmentDecoder(statement.blob(3), statement.blob(4)),
  };
}

function holdsId(ids: Uint8Array, id: Uint8Array): boolean {
  for (let at = 0; at < ids.length; at += idBytes) {
    if (Buffer.compare(ids.subarray(at, at + idBytes), id) === 0) return true;
  }
  return false;
}
