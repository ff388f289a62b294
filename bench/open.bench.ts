import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../src/collector/engine';
import { openEngine } from '../src/collector/openEngine';
import { buildTraceColumns } from '../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../src/core/columns/encodeTraceColumns';
import type { SpanTable } from '../src/core/tree/spanTable';
import { largeTrace } from './lib/largeTrace';
import { formatNumber, measure, type BenchRow } from './lib/measure';
import { newerNode } from './lib/newerNode';

/** What of node:sqlite is used here; its types come with Node 22. */
interface Sqlite {
  readonly DatabaseSync: new (path: string) => {
    exec(sql: string): void;
    prepare(sql: string): {
      run(...values: readonly unknown[]): unknown;
      all(...values: readonly unknown[]): unknown[];
    };
    close(): void;
  };
}

const sizes = [1000, 10_000, 100_000];

/**
 * Opening a trace: what the waterfall draws of each span, from the store, against the same columns of a row a span in
 * node:sqlite (`:memory:`, integer keys, rows of a trace side by side), in one process. Needs a newer Node, see newerNode.
 */
export async function bench(): Promise<BenchRow[]> {
  const execPath = newerNode();
  if (execPath === undefined) {
    console.error('open.bench.ts needs Node 22.13 or later: see bench/README.md');
    return [];
  }
  const child = fork(import.meta.filename, ['--compare'], {
    execPath,
    execArgv: [],
    serialization: 'advanced',
  });
  const [rows] = (await once(child, 'message')) as [BenchRow[]];
  child.disconnect();
  return rows;
}

async function compare(): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const retention = { maxSpans: 100_000_000, maxBytes: 2 ** 40, maxAgeSeconds: 1_000_000 };
  const engine = await openEngine({ dataDir, retention, log: () => undefined });
  try {
    const rows: BenchRow[] = [];
    for (const [number, size] of sizes.entries()) rows.push(...(await compareTrace(engine, size, number)));
    return rows;
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true });
  }
}

async function compareTrace(engine: Engine, size: number, number: number): Promise<BenchRow[]> {
  const { traceId, requests } = largeTrace(size, number);
  for (const request of requests) await engine.ingest(request);
  const table = (): SpanTable => {
    const read = engine.spanTable(traceId);
    if (read?.count !== size) throw new Error(`the trace has ${read?.count ?? 0} spans`);
    return read;
  };
  const select = await referenceTable(table(), number);
  const millis = measure([
    { name: 'table', run: table },
    { name: 'whole', run: () => encodeTraceColumns(buildTraceColumns(traceId, table())) },
    {
      name: 'sqlite',
      run: () => {
        if (select().length !== size) throw new Error('node:sqlite has another trace');
      },
    },
  ]);
  const of = (name: string): number => millis.get(name) ?? NaN;
  const row = (name: string, value: number, target: string): BenchRow => ({
    name: `open a trace of ${size.toLocaleString('en')}: ${name}`,
    value,
    unit: 'ms CPU',
    reference: `node:sqlite, rows: ${formatNumber(of('sqlite'))}`,
    ratio: value / of('sqlite'),
    target,
  });
  return [
    row('columns from the store', of('table'), '<= 1.2x'),
    row('with tree, critical path and encoding', of('whole'), ''),
  ];
}

/** A table with the columns of `table` among rows of other traces; answers how to read them. */
async function referenceTable(table: SpanTable, trace: number): Promise<() => unknown[]> {
  // Not a literal: the bundler and the types of Node 20 do not know the module.
  const name = ['node', 'sqlite'].join(':');
  const { DatabaseSync } = (await import(name)) as Sqlite;
  const db = new DatabaseSync(':memory:');
  const columns = `span_hi, span_lo, parent_hi, parent_lo, name, service, start_us, start_ns, duration, kind, status,
    category, features`;
  db.exec(`CREATE TABLE spans (trace INTEGER, number INTEGER, ${columns}, PRIMARY KEY (trace, number)) WITHOUT ROWID;
    CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT); BEGIN`);
  const insert = db.prepare(`INSERT INTO spans (trace, number, ${columns}) VALUES (${'?,'.repeat(14)}?)`);
  for (let row = 0; row < table.count; row++) {
    const start = table.start[row] ?? 0;
    const values = [
      table.spanIdHigh[row],
      table.spanIdLow[row],
      table.parentIdHigh[row],
      table.parentIdLow[row],
      table.name[row],
      table.service[row],
      Math.floor(start / 1000),
      start % 1000,
      table.duration[row],
      table.kind[row],
      table.status[row],
      table.category[row],
      table.features[row],
    ];
    insert.run(trace, row, ...values);
  }
  const text = db.prepare('INSERT INTO texts (text) VALUES (?)');
  for (const each of table.strings) text.run(each);
  db.exec('COMMIT');
  const select = db.prepare(`SELECT ${columns} FROM spans WHERE trace = ?`);
  const texts = db.prepare('SELECT id, text FROM texts');
  return () => {
    texts.all();
    return select.all(trace);
  };
}

if (process.argv[2] === '--compare') void compare().then(rows => process.send?.(rows));
