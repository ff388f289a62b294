import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../src/collector/engine';
import { openEngine } from '../../src/collector/openEngine';
import { parseTraceId } from '../../src/core/model/ids';
import { defaultSettings, formatCollectorArguments } from '../../src/protocol/collectorArguments';
import { bundle } from './support/bundle';
import { DataFolder } from './support/dataFolder';
import { Load, spanIdsOf, spansOf } from './support/load';

const foldersAtOnce = 4;
const killsPerFolder = 50;

const settings = {
  ...defaultSettings,
  httpPort: 0,
  grpcPort: 0,
  retention: { maxSpans: 1e9, maxBytes: 2 ** 40, maxAgeSeconds: 1e9 },
  syncIntervalMs: 50,
};

interface Ports {
  readonly http: number;
  readonly grpc: number;
}

/** Half the time of a start goes into optimising SQLite for a life that ends within a second. */
const nodeOptions = ['--liftoff-only'];

function start(program: string, { path: dataDir }: DataFolder): ChildProcess {
  const options = formatCollectorArguments({ dataDir, settings, graceMs: Infinity });
  return spawn(process.execPath, [...nodeOptions, program, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Its ports once it listens, undefined where it ended before. */
async function ports(child: ChildProcess): Promise<Ports | undefined> {
  assert.ok(child.stdout);
  const line = once(createInterface(child.stdout), 'line').then(([text]) => String(text));
  const text = await Promise.race([line, once(child, 'exit').then(() => undefined)]);
  return text === undefined ? undefined : (JSON.parse(text) as Ports);
}

/** Kills a collector while it starts, while it receives, or while it writes everything down to end. */
async function round(program: string, folder: DataFolder, load: Load): Promise<void> {
  const child = start(program, folder);
  const ended = once(child, 'exit');
  const moment = Math.random();
  if (moment < 0.1) {
    await sleep(Math.random() * 400);
  } else {
    const listening = await ports(child);
    assert.ok(listening, `it does not start\n${folder.log()}`);
    const before = load.acknowledged.size;
    let over = false;
    const sent = load.send(listening, () => over);
    while (load.acknowledged.size === before) await sleep(2);
    await sleep(Math.random() * 120);
    if (moment < 0.25) {
      child.kill('SIGTERM');
      await sleep(Math.random() * 60);
    }
    // Those that are under way are hit; others would be refused as fast as they can be made.
    over = true;
    child.kill('SIGKILL');
    await Promise.all([ended, sent]);
    return;
  }
  child.kill('SIGKILL');
  await ended;
}

async function open(folder: DataFolder): Promise<Engine> {
  const log = (): void => undefined;
  return openEngine({ dataDir: folder.path, retention: settings.retention, log });
}

/** Every acknowledged trace is there whole, every other one whole or not at all, none twice, and all can be read. */
function check(engine: Engine, load: Load): void {
  const stored = new Set<number>();
  let spans = 0;
  for (const { traceId, spanCount } of engine.listTraces(10_000_000)) {
    const trace = Number(traceId);
    assert.ok(load.acknowledged.has(trace) || load.open.has(trace), `${traceId} was never sent`);
    assert.equal(spanCount, spansOf(trace), traceId);
    const read = engine.readSpans(parseTraceId(traceId) ?? '', spanIdsOf(trace));
    assert.deepEqual(
      read.map(span => span?.spanId),
      spanIdsOf(trace),
    );
    stored.add(trace);
    spans += spanCount;
  }
  const lost = [...load.acknowledged].filter(trace => !stored.has(trace));
  assert.deepEqual(lost, [], `${lost.length} of ${load.acknowledged.size} acknowledged traces are lost`);
  assert.equal(engine.counts().spans, spans);
}

describe('a collector that is killed two hundred times under load', () => {
  const folders: DataFolder[] = [];
  let program = '';

  before(async function () {
    this.timeout(60_000);
    program = await bundle('busyCollector');
  });
  after(async () => {
    for (const folder of folders) await folder.remove();
  });

  it('has every span that it acknowledged, once, whatever it was doing when it was killed', async function () {
    this.timeout(600_000);
    const loads = Array.from({ length: foldersAtOnce }, async () => {
      const folder = new DataFolder();
      folders.push(folder);
      const load = new Load();
      for (let kill = 0; kill < killsPerFolder; kill++) await round(program, folder, load);
      assert.ok(load.acknowledged.size > killsPerFolder, `${load.acknowledged.size} acknowledged`);
      const engine = await open(folder);
      check(engine, load);
      await engine.close();
      // The journal alone says the same.
      rmSync(join(folder.path, 'index.sqlite'), { force: true });
      const again = await open(folder);
      check(again, load);
      await again.close();
    });
    await Promise.all(loads);
  });
});
