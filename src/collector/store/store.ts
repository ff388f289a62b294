import { traceIdFromWords, type TraceId } from '../../core/model/ids';
import type { SpanTable } from '../../core/tree/spanTable';
import type { SpanBatch } from '../../otlp/spanBatch';
import type { JournalPosition, Location } from '../journal/location';
import { BatchTraces } from './batchTraces';
import { LogStore } from './logStore';
import { MemoryDatabase } from './memoryDatabase';
import { readSpanTable } from './readSpanTable';
import { schema, storeVersion } from './schema';
import { SpanReader } from './spanReader';
import { SpanRemover } from './spanRemover';
import { SpanWriter } from './spanWriter';
import type { SqlModule } from './sqlModule';
import { Tables } from './tables';
import type { TraceRow } from './traceRow';

export interface InsertResult {
  readonly inserted: number;
  /** Spans that were there already, byte for byte. */
  readonly duplicates: number;
  /** Spans whose id was there already with other content: the first one is kept. */
  readonly conflicts: number;
  /** Traces that got spans. */
  readonly traces: readonly TraceId[];
}

/** The index over the journal (see schema). What changes it is one transaction each. */
export class Store {
  private parts: Parts;
  private limits: { readonly bytes: number; readonly onFull: () => void } | undefined;

  private constructor(
    private readonly module: SqlModule,
    db: MemoryDatabase,
  ) {
    this.parts = new Parts(db);
  }

  get tables(): Tables {
    return this.parts.tables;
  }

  get spans(): SpanReader {
    return this.parts.spans;
  }

  get logs(): LogStore {
    return this.parts.logs;
  }

  get remover(): SpanRemover {
    return this.parts.remover;
  }

  static create(module: SqlModule): Store {
    return new Store(module, emptyDatabase(module));
  }

  /**
   * Throws where `snapshot` is no snapshot of this version of the store, or damaged; where it is known to be as it was
   * written, that is not looked at again.
   */
  static load(module: SqlModule, snapshot: Uint8Array, isIntact = false): Store {
    const db = new MemoryDatabase(module, snapshot);
    try {
      checkVersion(db);
      if (!isIntact) checkPages(db);
      return new Store(module, db);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /**
   * Adds the spans of `batch`, whose request lies at `request`. `readStored` answers the bytes of a span that is there
   * already, to tell a span that was sent twice from two with one id; undefined where they cannot be had.
   */
  insert(
    batch: SpanBatch,
    request: Location,
    readStored: (at: Location) => Uint8Array | undefined,
  ): InsertResult {
    let duplicates = 0;
    let conflicts = 0;
    const onDuplicate = (stored: Location, i: number): void => {
      if (isSameSpan(stored, batch, i, request, readStored)) duplicates++;
      else conflicts++;
    };
    const { writer, batchTraces } = this.parts;
    const { traces, inserted } = this.write(batch, true, request, rows =>
      writer.insert(batch, request, batchTraces, rows, onDuplicate),
    );
    return { inserted, duplicates, conflicts, traces };
  }

  /**
   * Takes in a request that retention wrote: its spans move to their new place. Those that are not there are added
   * where `addMissing` (the segment they came from is gone, this is a replay), else left out.
   */
  relocate(batch: SpanBatch, request: Location, addMissing: boolean): void {
    const { tables, writer, batchTraces } = this.parts;
    if (addMissing) {
      this.write(batch, false, request, rows => writer.relocate(batch, request, batchTraces, rows, true));
      return;
    }
    tables.transaction(() => {
      batchTraces.read(batch, 0, batch.count);
      const rows = this.traceIds(batch).map(traceId => tables.traces.find(traceId));
      writer.relocate(batch, request, batchTraces, rows, false);
    });
  }

  /** All spans of the trace; see SpanTable. */
  spanTable(row: TraceRow): SpanTable {
    return readSpanTable(this.tables, row);
  }

  /** The ids of traces with a span of this id, those that arrived last first. Reads all spans in the worst case. */
  tracesWithSpan(high: number, low: number, limit: number): TraceId[] {
    const { traces } = this.tables;
    const found: TraceId[] = [];
    for (let upTo = traces.highestId; upTo > 0 && found.length < limit; upTo -= tracesPerSearch) {
      const ids = this.spans.tracesWithSpan(high, low, upTo - tracesPerSearch, upTo, limit - found.length);
      for (const id of ids) {
        const row = traces.withId(id);
        if (row) found.push(row.traceId);
      }
    }
    return found;
  }

  /** See MemoryDatabase.limit; `onFull` is called when a change was rolled back for it. */
  limit(bytes: number, onFull: () => void): void {
    this.limits = { bytes, onFull };
    this.parts.db.limit(bytes);
    this.parts.tables.onFull = onFull;
  }

  /** Forgets everything, and gives the memory back to be used again. */
  clear(): void {
    const { parts } = this;
    this.parts = new Parts(emptyDatabase(this.module));
    parts.db.close();
    if (this.limits) this.limit(this.limits.bytes, this.limits.onFull);
  }

  /** The database as a SQLite file that says up to where in the journal it goes. */
  export(position: JournalPosition): Uint8Array {
    this.tables.transaction(() => {
      this.tables.putMeta('journal_segment', String(position.segment));
      this.tables.putMeta('journal_id', position.id);
      this.tables.putMeta('journal_offset', String(position.offset));
    });
    return this.parts.db.export();
  }

  /** The position that was given to `export`. */
  exportedAt(): JournalPosition | undefined {
    const [segment, id, offset] = ['journal_segment', 'journal_id', 'journal_offset'].map(key =>
      this.tables.meta(key),
    );
    if (segment === undefined || id === undefined || offset === undefined) return undefined;
    return { segment: Number(segment), id, offset: Number(offset) };
  }

  /** What the index takes of memory. */
  get usedBytes(): number {
    return this.parts.db.usedBytes();
  }

  close(): void {
    this.parts.db.close();
  }

  /** `arrival`: the spans come from outside and prolong their traces' lives. */
  private write(
    batch: SpanBatch,
    arrival: boolean,
    { segment }: Location,
    writeStretch: (rows: readonly TraceRow[]) => void,
  ): { traces: TraceId[]; inserted: number } {
    const { tables, batchTraces } = this.parts;
    const grown = new Set<TraceId>();
    let inserted = 0;
    let newTraces = 0;
    let pinned = 0;
    tables.transaction(() => {
      for (let from = 0; from < batch.count; from += spansPerStretch) {
        batchTraces.read(batch, from, Math.min(from + spansPerStretch, batch.count));
        const rows = this.traceIds(batch).map(traceId => tables.traces.edit(traceId));
        const before = rows.map(row => row.spanCount);
        writeStretch(rows);
        rows.forEach((row, n) => {
          const added = row.spanCount - (before[n] ?? 0);
          if (added === 0) return;
          if (arrival) row.lastSegment = Math.max(row.lastSegment, segment);
          tables.traces.save(row);
          inserted += added;
          if (row.pinSegment > 0) pinned += added;
          if (added === row.spanCount) newTraces++;
          grown.add(row.traceId);
        });
        tables.traces.trim();
      }
    });
    tables.spanCount += inserted;
    tables.pinnedSpans += pinned;
    tables.traceCount += newTraces;
    return { traces: [...grown], inserted };
  }

  /** The ids of the traces that batchTraces has found. */
  private traceIds({ traceId0, traceId1, traceId2, traceId3 }: SpanBatch): TraceId[] {
    const { count, first } = this.parts.batchTraces;
    const ids: TraceId[] = [];
    for (let n = 0; n < count; n++) {
      const i = first[n] ?? 0;
      ids.push(traceIdFromWords(traceId0[i] ?? 0, traceId1[i] ?? 0, traceId2[i] ?? 0, traceId3[i] ?? 0));
    }
    return ids;
  }
}

/** What works on one database. */
class Parts {
  readonly tables: Tables;
  readonly writer: SpanWriter;
  readonly spans: SpanReader;
  readonly logs: LogStore;
  readonly remover: SpanRemover;
  readonly batchTraces = new BatchTraces();

  constructor(readonly db: MemoryDatabase) {
    this.tables = new Tables(db);
    this.writer = new SpanWriter(this.tables);
    this.spans = new SpanReader(this.tables);
    this.logs = new LogStore(this.tables);
    this.remover = new SpanRemover(this.tables, this.logs.remover);
  }
}

/** A request of 64 MiB may hold two million traces; this many spans, and their traces, are worked on at a time. */
const spansPerStretch = 8192;

/** Traces looked through in one query when a span is looked for by its id alone. */
const tracesPerSearch = 4096;

function emptyDatabase(module: SqlModule): MemoryDatabase {
  const db = new MemoryDatabase(module);
  db.exec(schema);
  return db;
}

function checkVersion(db: MemoryDatabase): void {
  const header = db.prepare('PRAGMA user_version');
  header.step();
  const version = header.number(0);
  header.reset();
  if (version !== storeVersion)
    throw new Error(`it is of version ${version}, this program reads ${storeVersion}`);
}

/** Takes half of a start with a million spans. */
function checkPages(db: MemoryDatabase): void {
  const check = db.prepare('PRAGMA quick_check(1)');
  check.step();
  const result = check.text(0);
  check.reset();
  if (result !== 'ok') throw new Error(`it is damaged: ${result}`);
}

function isSameSpan(
  stored: Location,
  batch: SpanBatch,
  i: number,
  request: Location,
  readStored: (at: Location) => Uint8Array | undefined,
): boolean {
  const offset = batch.offset[i] ?? 0;
  const length = batch.length[i] ?? 0;
  if (stored.length !== length) return false;
  const at = stored.offset - request.offset;
  // Twice in one request: the journal does not have it yet.
  const isHere = stored.segment === request.segment && at >= 0 && at < batch.bytes.length;
  const bytes = isHere ? batch.bytes.subarray(at, at + length) : readStored(stored);
  return bytes !== undefined && Buffer.compare(bytes, batch.bytes.subarray(offset, offset + length)) === 0;
}
