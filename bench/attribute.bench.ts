import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'sql.js';
import type { Engine } from '../src/collector/engine';
import { openEngine } from '../src/collector/openEngine';
import type { AttributeQuery } from '../src/collector/search/attributeQuery';
import { loadSqlModule } from '../src/collector/store/sqlModule';
import { findWasm } from '../src/collector/store/wasmPath';
import { anyValueToJson } from '../src/core/formats/otlpJson';
import { plainValue } from '../src/core/formats/plainValue';
import { requestIdAttributes } from '../src/core/semantics/requestIdAttributes';
import { ManyRequests } from './lib/manyRequests';
import { formatNumber, median, type BenchRow } from './lib/measure';
import { sampleBatch } from './lib/sampleTraces';

const spansPerRequest = 512;
const templates = 64;
const million = 1_000_000;
const turns = 5;

interface Question {
  readonly name: string;
  readonly query: AttributeQuery;
  readonly limit: number;
  /** The same of the reference. */
  readonly sql: string;
  readonly target: string;
}

const text = `json_extract(attributes, '$."app.user.id"')`;
const questions: readonly Question[] = [
  {
    name: 'attribute = value on about 100 of 1M spans, all of them',
    query: { keys: ['app.user.id'], values: ['user-123'] },
    limit: 10_000,
    sql: `SELECT id FROM m.spans WHERE ${text} = 'user-123'`,
    target: '<= 0.2x',
  },
  {
    name: 'attribute = value on none of 1M spans',
    query: { keys: ['app.user.id'], values: ['nobody'] },
    limit: 10_000,
    sql: `SELECT id FROM m.spans WHERE ${text} = 'nobody'`,
    target: '<= 0.2x',
  },
  {
    name: 'attribute = value on 3 % of 1M spans, the newest 100',
    query: { keys: ['http.response.status_code'], values: [500n] },
    limit: 100,
    sql: `SELECT id FROM m.spans WHERE json_extract(attributes, '$."http.response.status_code"') = 500
      ORDER BY id DESC LIMIT 100`,
    target: '< 50 ms',
  },
  {
    name: 'a request id under any of its names, on none of 1M spans',
    query: { keys: requestIdAttributes, values: ['01HZX3J7-checkout'] },
    limit: 50,
    sql: `SELECT id FROM m.spans WHERE ${['request_id', 'http.request.id', 'correlation_id']
      .map(key => `json_extract(attributes, '$."${key}"') = '01HZX3J7-checkout'`)
      .join(' OR ')}`,
    target: '<= 0.2x',
  },
];

/**
 * Attribute equality over a million spans, against json_extract over their attributes as JSON text in sql.js (on a
 * `:memory:` handle, where it is fastest). The journal's files are in the page cache. CPU time of the whole process.
 */
export async function bench(): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const retention = { maxSpans: 100_000_000, maxBytes: 2 ** 40, maxAgeSeconds: 1_000_000 };
  const engine = await openEngine({ dataDir, retention, log: () => undefined });
  try {
    const requests = new ManyRequests(spansPerRequest, templates);
    for (let spans = 0; spans < million; spans += spansPerRequest) await engine.ingest(requests.next());
    const db = await jsonDatabase();
    const rows: BenchRow[] = [];
    for (const question of questions) rows.push(await ask(engine, db, question));
    db.close();
    return rows;
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true });
  }
}

async function ask(
  engine: Engine,
  db: Database,
  { name, query, limit, sql, target }: Question,
): Promise<BenchRow> {
  const ours: number[] = [];
  const reference: number[] = [];
  const walls: number[] = [];
  let found = 0;
  let expected = 0;
  for (let turn = -1; turn < turns; turn++) {
    const wall = performance.now();
    const cpu = await cpuMillis(async () => {
      found = (await engine.findByAttribute(query, { limit })).length;
    });
    const end = performance.now();
    const scan = await cpuMillis(() => {
      expected = db.exec(sql)[0]?.values.length ?? 0;
    });
    if (turn < 0) continue;
    ours.push(cpu);
    walls.push(end - wall);
    reference.push(scan);
  }
  if (found !== expected) throw new Error(`${name}: ${found} spans, the reference has ${expected}`);
  return {
    name: `${name} (wall ${formatNumber(median(walls))} ms)`,
    value: median(ours),
    unit: 'ms CPU',
    reference: `json_extract scan in sql.js: ${formatNumber(median(reference))}`,
    ratio: median(ours) / median(reference),
    target,
  };
}

async function jsonDatabase(): Promise<Database> {
  const { sqlJs } = await loadSqlModule(findWasm());
  const db = new sqlJs.Database();
  db.run(`ATTACH ':memory:' AS m; PRAGMA m.page_size = 65536;
    CREATE TABLE m.spans (id INTEGER PRIMARY KEY, attributes TEXT NOT NULL);`);
  const texts = Array.from({ length: templates }, (_, seed) =>
    sampleBatch(spansPerRequest, seed)
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
      .map(span =>
        JSON.stringify(
          Object.fromEntries(
            span.attributes.map(({ key, value }) => [key, plainValue(anyValueToJson(value))]),
          ),
        ),
      ),
  );
  const insert = db.prepare('INSERT INTO m.spans (attributes) VALUES (?)');
  db.run('BEGIN');
  for (let batch = 0; batch * spansPerRequest < million; batch++)
    for (const attributes of texts[batch % templates] ?? []) insert.run([attributes]);
  db.run('COMMIT');
  insert.free();
  return db;
}

async function cpuMillis(work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
