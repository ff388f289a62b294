import type { TraceId } from '../../core/model/ids';
import { ContextTable } from './contextTable';
import { Dictionary } from './dictionary';
import { FragmentTable } from './fragmentTable';
import { KnownSpans } from './knownSpans';
import { LogTraceTable } from './logTraceTable';
import type { MemoryDatabase } from './memoryDatabase';
import { databaseFull, isOutOfMemory, outOfMemory, SqlError } from './sqlError';
import type { Statement } from './statement';
import { TraceTable } from './traceTable';
import type { TraceRow } from './traceRow';

/** All tables but `logs`, and the transactions over them. */
export class Tables {
  readonly traces: TraceTable;
  readonly fragments: FragmentTable;
  readonly knownSpans: KnownSpans;
  readonly logTraces: LogTraceTable;
  readonly names: Dictionary;
  readonly services: Dictionary;
  readonly resources: ContextTable;
  readonly scopes: ContextTable;
  /** Counted along, so that nobody has to ask SQLite. */
  traceCount = 0;
  spanCount = 0;
  pinnedTraces = 0;
  /** Spans of pinned traces. */
  pinnedSpans = 0;
  logCount = 0;
  /** Called when a change was rolled back because memory ran out. */
  onFull: () => void = () => undefined;
  /** A change was rolled back, and there was no memory to read what the tables hold instead. */
  private isStale = false;
  private readonly begin: Statement;
  private readonly commit: Statement;
  private readonly setMeta: Statement;
  private readonly getMeta: Statement;

  constructor(readonly db: MemoryDatabase) {
    this.traces = new TraceTable(db);
    this.fragments = new FragmentTable(db);
    this.knownSpans = new KnownSpans(this.fragments);
    this.logTraces = new LogTraceTable(db);
    this.names = new Dictionary(db, 'names');
    this.services = new Dictionary(db, 'services');
    this.resources = new ContextTable(db, 'resources');
    this.scopes = new ContextTable(db, 'scopes');
    this.begin = db.prepare('BEGIN');
    this.commit = db.prepare('COMMIT');
    this.setMeta = db.prepare(
      'INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2',
    );
    this.getMeta = db.prepare('SELECT value FROM meta WHERE key = ?');
    this.countSpans();
    this.countLogs();
  }

  /** Runs `change`; where it throws, nothing of it stays, in the tables or in memory. */
  transaction<T>(change: () => T): T {
    if (this.isStale) this.reload();
    this.begin.run();
    try {
      const result = change();
      this.commit.run();
      return result;
    } catch (error) {
      this.rollBack();
      if (error instanceof SqlError && (error.code === outOfMemory || error.code === databaseFull))
        this.onFull();
      throw error;
    }
  }

  /** See TraceTable.pin; a trace that is not there (any more) is left out. Answers its row. */
  pin(traceId: TraceId, segment: number): TraceRow | undefined {
    const row = this.traces.find(traceId);
    if (!row) return undefined;
    const change = Number(segment > 0) - Number(row.pinSegment > 0);
    this.traces.pin(row, segment);
    this.pinnedTraces += change;
    this.pinnedSpans += change * row.spanCount;
    return row;
  }

  meta(key: string): string | undefined {
    this.getMeta.bindText(1, key);
    if (!this.getMeta.step()) return undefined;
    const value = this.getMeta.text(0);
    this.getMeta.reset();
    return value;
  }

  putMeta(key: string, value: string): void {
    this.setMeta.bindText(1, key);
    this.setMeta.bindText(2, value);
    this.setMeta.run();
  }

  private rollBack(): void {
    try {
      this.db.exec('ROLLBACK');
    } catch (error) {
      // SQLite has rolled back itself where memory ran out (lang_transaction.html, "Response To Errors").
      if (!(error instanceof SqlError)) throw error;
    }
    this.isStale = true;
    this.reload();
  }

  /** Forgets what is in memory and takes over what the tables hold, as far as there is memory for that. */
  private reload(): void {
    const { names, services, resources, scopes, knownSpans } = this;
    let isWhole = true;
    for (const reload of [
      ...[names, services, resources, scopes].map(cache => () => cache.reload()),
      () => knownSpans.forgetAll(),
      () => this.countSpans(),
      () => this.countLogs(),
    ]) {
      try {
        reload();
      } catch (error) {
        if (!isOutOfMemory(error)) throw error;
        isWhole = false;
      }
    }
    this.isStale = !isWhole;
  }

  private countSpans(): void {
    const { traces, spans, pinnedTraces, pinnedSpans } = this.traces.reload();
    this.traceCount = traces;
    this.spanCount = spans;
    this.pinnedTraces = pinnedTraces;
    this.pinnedSpans = pinnedSpans;
  }

  private countLogs(): void {
    this.logCount = this.logTraces.reload();
  }
}
