import { traceIdFromWords, type TraceId } from '../../core/model/ids';
import type { SpanTable } from '../../core/tree/spanTable';
import type { SpanBatch } from '../../otlp/spanBatch';
import type { JournalPosition, Location } from '../journal/location';
import { BatchTraces } from './batchTraces';
import { MemoryDatabase } from './memoryDatabase';
import { schema, storeVersion } from './schema';
import { SpanReader } from './spanReader';
import { SpanRemover } from './spanRemover';
import { SpanTableReader } from './spanTableReader';
import { SpanWriter, type StoredSpan } from './spanWriter';
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
  readonly tables: Tables;
  readonly spans: SpanReader;
  readonly remover: SpanRemover;
  private readonly writer: SpanWriter;
  private readonly tableReader: SpanTableReader;
  private readonly batchTraces = new BatchTraces();

  private constructor(private readonly db: MemoryDatabase) {
    this.tables = new Tables(db, () => this.writer.forgetBindings());
    this.writer = new SpanWriter(this.tables);
    this.spans = new SpanReader(db);
    this.remover = new SpanRemover(this.tables);
    this.tableReader = new SpanTableReader(this.tables);
  }

  static create(module: SqlModule): Store {
    const db = new MemoryDatabase(module);
    db.exec(schema);
    return new Store(db);
  }

  /** Throws where `snapshot` is no intact snapshot of this version of the store. */
  static load(module: SqlModule, snapshot: Uint8Array): Store {
    const db = new MemoryDatabase(module, snapshot);
    try {
      checkSnapshot(db);
      return new Store(db);
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
    const { traces, inserted } = this.write(batch, request, true, (stored, i) => {
      if (isSameSpan(stored, batch, i, request, readStored)) duplicates++;
      else conflicts++;
    });
    return { inserted, duplicates, conflicts, traces };
  }

  /**
   * Takes in a request that retention wrote: its spans move to their new place. Those that are not there are added
   * where `addMissing` (the segment they came from is gone, this is a replay), else left out.
   */
  relocate(batch: SpanBatch, request: Location, addMissing: boolean): void {
    const move = (stored: StoredSpan, i: number) => this.writer.relocate(stored, batch, i, request);
    if (addMissing) {
      this.write(batch, request, false, move);
      return;
    }
    this.tables.transaction(() => {
      this.batchTraces.read(batch);
      const rows = this.traceIds(batch).map(traceId => this.tables.traces.find(traceId));
      for (let i = 0; i < batch.count; i++) {
        const row = rows[this.batchTraces.of[i] ?? 0];
        const stored = row && this.writer.lookUp(batch, i, row.id);
        if (stored) move(stored, i);
      }
    });
  }

  /** All spans of the trace; see SpanTable. */
  spanTable(row: TraceRow): SpanTable {
    return this.tableReader.read(row);
  }

  /** The database as a SQLite file that says up to where in the journal it goes. */
  export(position: JournalPosition): Uint8Array {
    this.tables.transaction(() => {
      this.tables.putMeta('journal_segment', String(position.segment));
      this.tables.putMeta('journal_id', position.id);
      this.tables.putMeta('journal_offset', String(position.offset));
    });
    return this.db.export();
  }

  /** The position that was given to `export`. */
  exportedAt(): JournalPosition | undefined {
    const [segment, id, offset] = ['journal_segment', 'journal_id', 'journal_offset'].map(key => this.tables.meta(key));
    if (segment === undefined || id === undefined || offset === undefined) return undefined;
    return { segment: Number(segment), id, offset: Number(offset) };
  }

  close(): void {
    this.db.close();
  }

  /** `arrival`: the spans come from outside and prolong their traces' lives. */
  private write(
    batch: SpanBatch,
    request: Location,
    arrival: boolean,
    onDuplicate: (stored: StoredSpan, i: number) => void,
  ): { traces: TraceId[]; inserted: number } {
    const { tables, batchTraces } = this;
    const grown: TraceId[] = [];
    let inserted = 0;
    let newTraces = 0;
    tables.transaction(() => {
      batchTraces.read(batch);
      const rows = this.traceIds(batch).map(traceId => tables.traces.edit(traceId));
      const before = rows.map(row => row.spanCount);
      this.writer.write(batch, request, batchTraces, rows, onDuplicate);
      rows.forEach((row, n) => {
        const added = row.spanCount - (before[n] ?? 0);
        if (added === 0) return;
        if (arrival) row.lastSegment = Math.max(row.lastSegment, request.segment);
        tables.traces.save(row);
        inserted += added;
        if (added === row.spanCount) newTraces++;
        grown.push(row.traceId);
      });
      tables.traces.trim();
    });
    tables.spanCount += inserted;
    tables.traceCount += newTraces;
    return { traces: grown, inserted };
  }

  /** The ids of the traces that batchTraces has found. */
  private traceIds({ traceId0, traceId1, traceId2, traceId3 }: SpanBatch): TraceId[] {
    const { count, first } = this.batchTraces;
    const ids: TraceId[] = [];
    for (let n = 0; n < count; n++) {
      const i = first[n] ?? 0;
      ids.push(traceIdFromWords(traceId0[i] ?? 0, traceId1[i] ?? 0, traceId2[i] ?? 0, traceId3[i] ?? 0));
    }
    return ids;
  }
}

function checkSnapshot(db: MemoryDatabase): void {
  const check = db.prepare('SELECT user_version, quick_check FROM pragma_user_version, pragma_quick_check(1)');
  check.step();
  const version = check.number(0);
  const result = check.text(1);
  check.reset();
  if (version !== storeVersion) throw new Error(`it is of version ${version}, this program reads ${storeVersion}`);
  if (result !== 'ok') throw new Error(`it is damaged: ${result}`);
}

function isSameSpan(
  stored: StoredSpan,
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
