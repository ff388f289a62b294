import type { SpanBatch } from '../../otlp/spanBatch';
import type { Location } from '../journal/location';
import type { BatchTraces } from './batchTraces';
import type { Statement } from './statement';
import type { Tables } from './tables';
import { addSpan, type TraceRow } from './traceRow';

/** The row of a span that is there already. */
export interface StoredSpan extends Location {
  readonly trace: number;
  readonly name: number;
  readonly service: number;
}

interface GroupIds {
  readonly resource: number;
  readonly scope: number;
  readonly service: number;
}

const columns = `trace, span_hi, span_lo, segment, resource, scope, service, parent_hi, parent_lo, name, start_us,
  start_ns, duration, kind, status, category, features, flags, offset, length`;
const columnCount = 20;

/** Writes batches into the table `spans`. A batch belongs to a request, whose place in the journal is `request`. */
export class SpanWriter {
  private readonly insert: Statement;
  private readonly find: Statement;
  private readonly move: Statement;
  /** What the insert has bound already, by parameter: most columns repeat from row to row. */
  private readonly bound = new Float64Array(columnCount + 1).fill(Number.NaN);

  constructor(private readonly tables: Tables) {
    const { db } = tables;
    const one = 'WHERE trace = ?1 AND span_hi = ?2 AND span_lo = ?3';
    this.insert = db.prepare(`INSERT INTO spans (${columns}) VALUES (${'?,'.repeat(columnCount - 1)}?)`);
    this.find = db.prepare(`SELECT segment, offset, length, name, service FROM spans ${one}`);
    this.move = db.prepare(
      `UPDATE spans SET segment = ?4, offset = ?5, length = ?6, resource = ?7, scope = ?8 ${one}`,
    );
  }

  /**
   * Inserts the stretch of `batch` that `traces` has read and adds its spans to their rows: `rows[n]` is the trace number n of `traces`. A span that
   * is there already is left as it is, and `onDuplicate` called with it and the number of the span in the batch.
   */
  write(
    batch: SpanBatch,
    request: Location,
    traces: BatchTraces,
    rows: readonly TraceRow[],
    onDuplicate: (stored: StoredSpan, i: number) => void,
  ): void {
    const { spanIdHigh, spanIdLow, parentIdHigh, parentIdLow, startMicros, startNanos } = batch;
    const { kind, status, category, features, flags, offset, length } = batch;
    const { insert } = this;
    const { names } = this.tables;
    const groups: (GroupIds | undefined)[] = [];
    this.bind(4, request.segment);
    for (let i = traces.from; i < traces.to; i++) {
      const row = rows[traces.of[i - traces.from] ?? 0];
      if (!row) throw new Error('a span of the batch has no trace');
      const groupIndex = batch.group[i] ?? 0;
      const group = (groups[groupIndex] ??= this.groupIds(batch, groupIndex, request));
      const high = (spanIdHigh[i] ?? 0) | 0;
      const low = (spanIdLow[i] ?? 0) | 0;
      const parentHigh = (parentIdHigh[i] ?? 0) | 0;
      const parentLow = (parentIdLow[i] ?? 0) | 0;
      const name = names.idOf(batch.name[i] ?? '', request.segment);
      const micros = startMicros[i] ?? 0;
      const nanos = startNanos[i] ?? 0;
      const duration = batch.duration[i] ?? 0;
      const code = status[i] ?? 0;
      const about = category[i] ?? 0;
      this.bind(1, row.id);
      insert.bindNumber(2, high);
      insert.bindNumber(3, low);
      this.bind(5, group.resource);
      this.bind(6, group.scope);
      this.bind(7, group.service);
      this.bind(8, parentHigh);
      this.bind(9, parentLow);
      this.bind(10, name);
      this.bind(11, micros);
      this.bind(12, nanos);
      this.bind(13, duration);
      this.bind(14, kind[i] ?? 0);
      this.bind(15, code);
      this.bind(16, about);
      this.bind(17, features[i] ?? 0);
      this.bind(18, flags[i] ?? 0);
      insert.bindNumber(19, request.offset + (offset[i] ?? 0));
      this.bind(20, length[i] ?? 0);
      if (!insert.insert()) {
        const stored = this.stored(row.id, high, low);
        if (!stored) throw new Error('SQLite refused a span that the table does not have');
        onDuplicate(stored, i);
        continue;
      }
      if (row.spanCount === 0 || request.segment < row.firstSegment) row.firstSegment = request.segment;
      const isRoot = parentHigh === 0 && parentLow === 0;
      addSpan(row, high, low, isRoot, micros, nanos, duration, name, group.service, code, about);
    }
  }

  /** Where span i of `batch` is stored, as a span of `trace`; undefined where it is not. */
  lookUp(batch: SpanBatch, i: number, trace: number): StoredSpan | undefined {
    return this.stored(trace, (batch.spanIdHigh[i] ?? 0) | 0, (batch.spanIdLow[i] ?? 0) | 0);
  }

  /** Gives a stored span the bytes, resource and scope of span i of `batch`. */
  relocate(stored: StoredSpan, batch: SpanBatch, i: number, request: Location): void {
    const { resource, scope } = this.groupIds(batch, batch.group[i] ?? 0, request);
    const { names, services } = this.tables;
    names.keep(stored.name, request.segment);
    services.keep(stored.service, request.segment);
    this.move.bindNumbers(1, stored.trace, (batch.spanIdHigh[i] ?? 0) | 0, (batch.spanIdLow[i] ?? 0) | 0);
    this.move.bindNumbers(4, request.segment, request.offset + (batch.offset[i] ?? 0), batch.length[i] ?? 0);
    this.move.bindNumbers(7, resource, scope);
    this.move.run();
  }

  private stored(trace: number, high: number, low: number): StoredSpan | undefined {
    const { find } = this;
    find.bindNumbers(1, trace, high, low);
    if (!find.step()) return undefined;
    const stored = {
      trace,
      segment: find.number(0),
      offset: find.number(1),
      length: find.number(2),
      name: find.number(3),
      service: find.number(4),
    };
    find.reset();
    return stored;
  }

  private bind(parameter: number, value: number): void {
    if (this.bound[parameter] === value) return;
    this.insert.bindNumber(parameter, value);
    this.bound[parameter] = value;
  }

  private groupIds(batch: SpanBatch, index: number, request: Location): GroupIds {
    const group = batch.groups[index];
    if (!group) throw new Error('a span of the batch has no group');
    const { services, resources, scopes } = this.tables;
    return {
      resource: resources.idOf(group.resource, group.resourceSchemaUrl, batch.bytes, request),
      scope: scopes.idOf(group.scope, group.scopeSchemaUrl, batch.bytes, request),
      service: services.idOf(group.service, request.segment),
    };
  }
}
