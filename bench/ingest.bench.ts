import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import type { Engine } from '../src/collector/engine';
import { openEngine } from '../src/collector/openEngine';
import { loadSqlModule } from '../src/collector/store/sqlModule';
import { findWasm } from '../src/collector/store/wasmPath';
import { encodeTraces } from '../src/otlp/encodeTraces';
import { formatNumber, median, type BenchRow } from './lib/measure';
import { NaiveStore } from './lib/naiveStore';
import { sampleBatch } from './lib/sampleTraces';

const spansPerRequest = 512;
const requests = 100;
const turns = 7;
/** So many until the compilers, those of JavaScript and of WebAssembly, are done. */
const warmUpTurns = 4;

/** Milliseconds; `cpu` is that of the whole process, the threads that write files included. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** What was measured in turns with a reference. */
interface Pair {
  readonly ours: Cost[];
  readonly reference: Cost[];
}

/**
 * Request bytes to journal and queryable rows, against a bare decode of the same requests by protobufjs and against the
 * naive store. Every turn begins with an empty folder and ends when everything is acknowledged. CPU time is the figure
 * to trust on a busy machine. Each reference takes turns with ours alone: where the naive store, which takes and gives
 * back memory by the gigabyte, ran before each turn of ours, the kernel took four times as long to write our journal.
 */
export async function bench(): Promise<BenchRow[]> {
  const proto = 'test/fixtures/otlp/trace_service.proto';
  const type = protobuf.loadSync(proto).lookupType('otlp.ExportTraceServiceRequest');
  const payloads = Array.from({ length: requests }, (_, seed) =>
    Buffer.from(encodeTraces(sampleBatch(spansPerRequest, seed))),
  );
  const { sqlJs } = await loadSqlModule(findWasm());
  const inTurns = async (runReference: () => Promise<Cost>): Promise<Pair> => {
    const pair: Pair = { ours: [], reference: [] };
    // The first turns warm the compiler up.
    for (let turn = -warmUpTurns; turn < turns; turn++) {
      const reference = await runReference();
      const ours = await withEngine(opened => cost(() => ingestAll(opened, payloads)));
      if (turn < 0) continue;
      pair.reference.push(reference);
      pair.ours.push(ours);
    }
    return pair;
  };
  const protobufjs = await inTurns(() =>
    cost(() => {
      for (const bytes of payloads) type.decode(bytes);
    }),
  );
  const naive = await inTurns(async () => {
    const store = new NaiveStore(sqlJs);
    const used = await cost(() => {
      for (const bytes of payloads) store.ingest(bytes);
    });
    store.close();
    return used;
  });
  const row = (of: keyof Cost, { ours, reference }: Pair, text: string, target: string): BenchRow => {
    const rate = (costs: readonly Cost[]) => (spansPerRequest * requests) / median(costs.map(one => one[of]));
    return {
      name: `ingest: bytes to journal and rows, ${of === 'cpu' ? 'CPU' : 'wall'} time`,
      value: rate(ours),
      unit: 'k spans/s',
      reference: `${text}: ${formatNumber(rate(reference))}`,
      ratio: rate(ours) / rate(reference),
      target,
    };
  };
  return [
    row('cpu', protobufjs, 'bare protobufjs decode', '>= 1.5x'),
    row('wall', protobufjs, 'bare protobufjs decode', ''),
    row('cpu', naive, 'naive store, no journal', '>= 6x'),
  ];
}

async function cost(work: () => Promise<void> | void): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}

/** A few requests at a time, as connections bring them. */
async function ingestAll(engine: Engine, payloads: readonly Uint8Array[]): Promise<void> {
  for (let i = 0; i < payloads.length; i += 8) {
    await Promise.all(payloads.slice(i, i + 8).map(bytes => engine.ingest(bytes)));
  }
}

async function withEngine<T>(use: (engine: Engine) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const retention = { maxSpans: 100_000_000, maxBytes: 2 ** 40, maxAgeSeconds: 1_000_000 };
  const engine = await openEngine({ dataDir, retention, log: () => undefined });
  try {
    return await use(engine);
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
