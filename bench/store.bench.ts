import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Engine } from '../src/collector/engine';
import { openEngine } from '../src/collector/openEngine';
import { ManyRequests } from './lib/manyRequests';
import { formatNumber, median, type BenchRow } from './lib/measure';

const spansPerRequest = 512;
const million = 1_000_000;
/** What comes after the last snapshot and is replayed at the next start: with more the store writes one once it is idle. */
const tail = 20_000;
const turns = 5;

interface Filled {
  /** Milliseconds of CPU a batch, after the compiler has warmed up: the first 100,000 spans and the last. */
  readonly firstBatch: number;
  readonly lastBatch: number;
  /** Milliseconds of the newest 200 at 200,000 and at a million. */
  readonly list200k: number;
  readonly list1M: number;
  readonly residentBytes: number;
  readonly wireBytes: number;
  readonly spans: number;
}

interface Opened {
  readonly cpu: number;
  readonly wall: number;
  readonly residentBytes: number;
  readonly spans: number;
}

/**
 * A store of a million spans in about 35,000 traces: each turn fills one in a process of its own, and opens it in
 * others, from the snapshot and the last 20,000 spans of the journal, and from the journal alone.
 */
export async function bench(): Promise<BenchRow[]> {
  const filled: Filled[] = [];
  const restarts: Opened[] = [];
  const replays: Opened[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
    filled.push((await inProcess('fill', folder)) as Filled);
    restarts.push((await inProcess('open', folder)) as Opened);
    renameSync(join(folder, 'index.sqlite'), join(folder, 'index.aside'));
    replays.push((await inProcess('open', folder)) as Opened);
    rmSync(folder, { recursive: true });
  }
  const stored = filled[0]?.spans ?? 0;
  for (const { spans } of [...restarts, ...replays])
    if (spans !== stored) throw new Error(`a restart came up with ${spans} spans`);
  const of = <T>(all: readonly T[], figure: (one: T) => number): number => median(all.map(figure));
  const first = of(filled, one => one.firstBatch);
  const last = of(filled, one => one.lastBatch);
  const list200k = of(filled, one => one.list200k);
  const list1M = of(filled, one => one.list1M);
  const wire = of(filled, one => one.wireBytes) / stored;
  const resident = of(filled, one => one.residentBytes) / stored;
  const residentAgain = of(restarts, one => one.residentBytes) / stored;
  const restart = of(restarts, one => one.cpu);
  const replay = of(replays, one => one.cpu);
  const row = (
    name: string,
    value: number,
    unit: string,
    reference: string,
    ratio: number,
    target: string,
  ): BenchRow => ({ name, value, unit, reference, ratio, target });
  return [
    row(
      'ingest a batch of 512, the last 100k of 1M spans',
      last,
      'ms CPU',
      `the first 100k: ${formatNumber(first)}`,
      last / first,
      '<= 1.15x',
    ),
    row('list the newest 200 of 200k spans', list200k, 'ms', '', NaN, '< 1 ms'),
    row(
      'list the newest 200 of 1M spans',
      list1M,
      'ms',
      `of 200k: ${formatNumber(list200k)}`,
      list1M / list200k,
      '< 1 ms, <= 1.3x',
    ),
    row(
      'start with 1M spans, 20k of them not in the snapshot',
      restart,
      'ms CPU',
      `full journal replay: ${formatNumber(replay)}`,
      restart / replay,
      '<= 0.15x',
    ),
    row(
      'start with 1M spans, wall time',
      of(restarts, one => one.wall),
      'ms',
      `full journal replay: ${formatNumber(of(replays, one => one.wall))}`,
      of(restarts, one => one.wall) / of(replays, one => one.wall),
      '',
    ),
    row(
      'resident memory at 1M spans',
      resident,
      'B/span',
      `on the wire: ${formatNumber(wire)}`,
      resident / wire,
      '<= 0.4x',
    ),
    row(
      'resident memory at 1M spans, after a start',
      residentAgain,
      'B/span',
      `on the wire: ${formatNumber(wire)}`,
      residentAgain / wire,
      '<= 0.4x',
    ),
  ];
}

/** Runs a part of this file in a process that begins with nothing, and answers what it found out. */
async function inProcess(part: 'fill' | 'open', folder: string): Promise<unknown> {
  const child = fork(import.meta.filename, ['--part', part, folder], { execArgv: ['--expose-gc'] });
  const exited = once(child, 'exit');
  const [result] = (await Promise.race([once(child, 'message'), failed(exited)])) as [unknown];
  await exited;
  return result;
}

async function failed(exited: Promise<unknown[]>): Promise<never> {
  await exited;
  throw new Error('a process of the benchmark ended without an answer');
}

function open(dataDir: string): Promise<Engine> {
  const retention = { maxSpans: 100_000_000, maxBytes: 2 ** 40, maxAgeSeconds: 1_000_000 };
  return openEngine({ dataDir, retention, log: () => undefined });
}

async function fill(folder: string): Promise<Filled> {
  const requests = new ManyRequests(spansPerRequest);
  const engine = await open(folder);
  const before = residentBytes();
  const batches: number[] = [];
  let wireBytes = 0;
  let list200k = NaN;
  let spans = 0;
  while (spans < million) {
    const bytes = requests.next();
    const cpu = process.cpuUsage();
    await engine.ingest(bytes);
    const { user, system } = process.cpuUsage(cpu);
    batches.push((user + system) / 1000);
    wireBytes += bytes.length;
    spans += spansPerRequest;
    if (Number.isNaN(list200k) && spans >= 200_000) list200k = listMillis(engine);
    if (spans >= million - tail && spans - spansPerRequest < million - tail) {
      await snapshotWritten(folder);
    }
  }
  await engine.flush();
  const perPart = Math.ceil(100_000 / spansPerRequest);
  return {
    firstBatch: median(batches.slice(20, 20 + perPart)),
    lastBatch: median(batches.slice(-perPart, -1)),
    list200k,
    list1M: listMillis(engine),
    residentBytes: residentBytes() - before,
    wireBytes,
    spans,
  };
}

/** The store writes one by itself once nothing has come for some seconds. */
async function snapshotWritten(folder: string): Promise<void> {
  while (!existsSync(join(folder, 'index.sqlite'))) await setTimeout(200);
}

function listMillis(engine: Engine): number {
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    const start = performance.now();
    engine.listTraces(200);
    times.push(performance.now() - start);
  }
  return median(times.slice(100));
}

async function openAgain(folder: string): Promise<Opened> {
  const before = residentBytes();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const engine = await open(folder);
  engine.listTraces(200);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const { spans } = engine.counts();
  return { cpu: (user + system) / 1000, wall, residentBytes: residentBytes() - before, spans };
}

function residentBytes(): number {
  if (!global.gc) throw new Error('needs --expose-gc');
  global.gc();
  global.gc();
  return process.memoryUsage.rss();
}

async function part(name: string, folder: string): Promise<void> {
  const result = name === 'fill' ? await fill(folder) : await openAgain(folder);
  // As a crash ends it: nothing is written down.
  process.send?.(result, () => process.exit());
}

if (process.argv[2] === '--part') void part(process.argv[3] ?? '', process.argv[4] ?? '');
