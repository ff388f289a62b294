import { traceIdFromWords, type TraceId } from '../../core/model/ids';
import type { LogBatch } from '../../otlp/logBatch';
import type { Location } from '../journal/location';
import type { LogKey, LogPlace } from './logReader';
import { logTraceKey, type LogTraceRow, type LogTraceTable } from './logTraceTable';
import type { RecordHash } from './recordHash';
import type { Statement } from './statement';
import type { Tables } from './tables';

/** Records of one request that are worked on between two looks at how much is kept in memory. */
const recordsPerStretch = 8192;

interface GroupIds {
  readonly resource: number;
  readonly scope: number;
  /** Of the resource and the scope: what the hashes of the records go on from. */
  readonly hash: RecordHash;
}

const columns =
  'trace, span_hi, span_lo, time_us, time_ns, hash, segment, offset, length, resource, scope, severity';
const oneRecord =
  'trace = ?1 AND span_hi = ?2 AND span_lo = ?3 AND time_us = ?4 AND time_ns = ?5 AND hash = ?6';

/** A request that is written: its records, and the place of its payload in the journal. */
interface Written {
  readonly batch: LogBatch;
  readonly request: Location;
  /** The records come from outside and prolong their trace's life. */
  readonly isArrival: boolean;
  /** A record that is there already: its place, and its number in the batch. */
  readonly onDuplicate: (stored: LogPlace, i: number) => void;
  readonly readStored: (at: Location) => Uint8Array | undefined;
}

/**
 * Writes batches into the table `logs`. A record has no id: it is told from others by its trace, span and time and a
 * hash over its bytes, resource and scope. Where one request has the same record several times, it is there as often;
 * the second one has the hash raised by one, and so on, so that the request sent again finds each of them.
 */
export class LogWriter {
  private readonly insert: Statement;
  private readonly find: Statement;
  private readonly move: Statement;
  /** By the base hash: how many records with it the request under way has had, where that is more than one. */
  private readonly repeats = new Map<string, number>();

  constructor(
    private readonly tables: Tables,
    private readonly traces: LogTraceTable,
    private readonly hash: RecordHash,
  ) {
    const { db } = tables;
    this.insert = db.prepare(`INSERT INTO logs (${columns}) VALUES (${'?,'.repeat(11)}?)`);
    this.find = db.prepare(`SELECT segment, offset, length, resource, scope FROM logs WHERE ${oneRecord}`);
    this.move = db.prepare(
      `UPDATE logs SET segment = ?9, offset = ?10, length = ?11, resource = ?12, scope = ?13
        WHERE ${oneRecord} AND segment = ?7 AND offset = ?8`,
    );
  }

  /** Answers how many records were inserted. To be called in a transaction. */
  write(work: Written): number {
    const { batch, request, isArrival } = work;
    const groups: (GroupIds | undefined)[] = [];
    this.repeats.clear();
    let inserted = 0;
    for (let from = 0; from < batch.count; from += recordsPerStretch) {
      const rows = new Set<LogTraceRow>();
      let row: LogTraceRow | undefined;
      let older: number | undefined;
      for (let i = from; i < Math.min(from + recordsPerStretch, batch.count); i++) {
        // Records of one trace often stand together.
        if (!row || !isSameTrace(batch, i, i - 1)) {
          const trace = traceOf(batch, i);
          row = this.traces.edit(logTraceKey(trace ?? request.segment));
          // Sent again, it may have met the next segment.
          older = trace === undefined ? this.traces.find(logTraceKey(request.segment - 1))?.id : undefined;
        }
        const index = batch.group[i] ?? 0;
        const group = (groups[index] ??= this.groupIds(batch, index, request));
        if (!this.writeOne(work, i, row.id, older, group)) continue;
        if (row.logCount === 0 || request.segment < row.firstSegment) row.firstSegment = request.segment;
        if (isArrival) row.lastSegment = Math.max(row.lastSegment, request.segment);
        row.logCount++;
        inserted++;
        rows.add(row);
      }
      for (const changed of rows) this.traces.save(changed);
      this.traces.trim();
    }
    return inserted;
  }

  /** What gives stored records the bytes, resource and scope of records of `batch`, which lies at `request`. */
  mover(batch: LogBatch, request: Location): (stored: LogPlace, i: number) => void {
    const groups: (GroupIds | undefined)[] = [];
    const { move } = this;
    return (stored, i) => {
      const index = batch.group[i] ?? 0;
      const { resource, scope } = (groups[index] ??= this.groupIds(batch, index, request));
      this.bindKey(move, stored);
      move.bindNumbers(7, stored.segment, stored.offset);
      move.bindNumbers(9, request.segment, request.offset + (batch.offset[i] ?? 0), batch.length[i] ?? 0);
      move.bindNumbers(12, resource, scope);
      move.run();
    };
  }

  /** False where the record is there already, as one of `trace` or of `older`. */
  private writeOne(
    work: Written,
    i: number,
    trace: number,
    older: number | undefined,
    group: GroupIds,
  ): boolean {
    const { batch, request, onDuplicate, readStored } = work;
    const { bytes, offset, length, spanIdHigh, spanIdLow, micros, nanos, severity } = batch;
    const start = offset[i] ?? 0;
    const end = start + (length[i] ?? 0);
    const key = {
      trace,
      spanHigh: (spanIdHigh[i] ?? 0) | 0,
      spanLow: (spanIdLow[i] ?? 0) | 0,
      micros: micros[i] ?? 0,
      nanos: nanos[i] ?? 0,
      hash: group.hash.fork().add(bytes, start, end).value,
    };
    const { insert } = this;
    this.bindKey(insert, key);
    insert.bindNumbers(7, request.segment, request.offset + start, end - start);
    insert.bindNumbers(10, group.resource, group.scope, severity[i] ?? 0);
    const isOlder = older !== undefined && this.stored({ ...key, trace: older }) !== undefined;
    if (!isOlder && insert.insert()) return true;
    const base = `${trace}/${key.hash}`;
    let stored = this.stored(key);
    let repeat = this.repeats.get(base) ?? (stored && isWithin(stored, request) ? 1 : 0);
    for (; ; repeat++) {
      const numbered = { ...key, hash: key.hash + repeat };
      stored = this.stored(numbered);
      if (!stored && older !== undefined) stored = this.stored({ ...numbered, trace: older });
      if (!stored) {
        insert.bindNumber(6, numbered.hash);
        insert.run();
        break;
      }
      if (stored.length === end - start && isSame(stored, batch, start, readStored)) {
        onDuplicate(stored, i);
        break;
      }
    }
    this.repeats.set(base, repeat + 1);
    return stored === undefined;
  }

  private stored(key: LogKey): LogPlace | undefined {
    const { find } = this;
    this.bindKey(find, key);
    if (!find.step()) return undefined;
    const place = {
      ...key,
      segment: find.number(0),
      offset: find.number(1),
      length: find.number(2),
      resource: find.number(3),
      scope: find.number(4),
    };
    find.reset();
    return place;
  }

  private bindKey(statement: Statement, { trace, spanHigh, spanLow, micros, nanos, hash }: LogKey): void {
    statement.bindNumbers(1, trace, spanHigh, spanLow, micros, nanos, hash);
  }

  private groupIds(batch: LogBatch, index: number, request: Location): GroupIds {
    const group = batch.groups[index];
    if (!group) throw new Error('a log record of the batch has no group');
    const { resource, resourceSchemaUrl, scope, scopeSchemaUrl } = group;
    const { resources, scopes } = this.tables;
    const hash = this.hash.fork();
    for (const part of [resource, Buffer.from(resourceSchemaUrl), scope, Buffer.from(scopeSchemaUrl)])
      hash.add(part, 0, part.length);
    return {
      resource: resources.idOf(resource, resourceSchemaUrl, batch.bytes, request),
      scope: scopes.idOf(scope, scopeSchemaUrl, batch.bytes, request),
      hash,
    };
  }
}

/** Records that name no trace are kept together by the segment they came in, and go with it. */
function traceOf({ traceId0, traceId1, traceId2, traceId3 }: LogBatch, i: number): TraceId | undefined {
  const words = [traceId0[i] ?? 0, traceId1[i] ?? 0, traceId2[i] ?? 0, traceId3[i] ?? 0] as const;
  return words.some(word => word !== 0) ? traceIdFromWords(...words) : undefined;
}

function isSameTrace({ traceId0, traceId1, traceId2, traceId3 }: LogBatch, a: number, b: number): boolean {
  return (
    traceId3[a] === traceId3[b] &&
    traceId2[a] === traceId2[b] &&
    traceId1[a] === traceId1[b] &&
    traceId0[a] === traceId0[b]
  );
}

function isWithin({ segment, offset }: Location, request: Location): boolean {
  return segment === request.segment && offset >= request.offset && offset < request.offset + request.length;
}

/** Where the stored bytes cannot be had, the hash decides. */
function isSame(
  stored: LogPlace,
  { bytes }: LogBatch,
  start: number,
  readStored: (at: Location) => Uint8Array | undefined,
): boolean {
  const before = readStored(stored);
  return !before || Buffer.compare(before, bytes.subarray(start, start + stored.length)) === 0;
}
