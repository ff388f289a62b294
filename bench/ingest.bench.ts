import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { openEngine, type Engine } from '../src/collector/engine';
import { loadSqlModule } from '../src/collector/store/sqlModule';
import { findWasm } from '../src/collector/store/wasmPath';
import { encodeTraces } from '../src/otlp/encodeTraces';
import { formatNumber, median, type BenchRow } from './lib/measure';
import { NaiveStore } from './lib/naiveStore';
import { sampleBatch } from './lib/sampleTraces';

const spansPerRequest = 512;
const requests = 100;
const turns = 7;

/** Milliseconds of one turn of each contender, the turns interleaved. */
interface Turn {
  protobufjs: number;
  naive: number;
  engine: number;
  engineCpu: number;
}

/**
 * Request bytes to journal and queryable rows, against a bare decode of the same requests by protobufjs and against the
 * naive store. Every turn begins with an empty folder. Ours is asked twice: wall time until everything is acknowledged,
 * and CPU time of the process, threads that write included.
 */
export async function bench(): Promise<BenchRow[]> {
  const proto = 'test/fixtures/otlp/trace_service.proto';
  const type = protobuf.loadSync(proto).lookupType('otlp.ExportTraceServiceRequest');
  const payloads = Array.from({ length: requests }, (_, seed) =>
    Buffer.from(encodeTraces(sampleBatch(spansPerRequest, seed))),
  );
  const { sqlJs } = await loadSqlModule(findWasm());
  const results: Turn[] = [];
  for (let turn = -2; turn < turns; turn++) {
    const result: Turn = { protobufjs: 0, naive: 0, engine: 0, engineCpu: 0 };
    let start = performance.now();
    for (const bytes of payloads) type.decode(bytes);
    result.protobufjs = performance.now() - start;

    const naive = new NaiveStore(sqlJs);
    start = performance.now();
    for (const bytes of payloads) naive.ingest(bytes);
    result.naive = performance.now() - start;
    naive.close();

    await withEngine(async engine => {
      const cpu = process.cpuUsage();
      start = performance.now();
      await ingestAll(engine, payloads);
      result.engine = performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      result.engineCpu = (user + system) / 1000;
    });
    // The first turns warm the compiler up.
    if (turn >= 0) results.push(result);
  }
  const time = (of: keyof Turn): number => median(results.map(result => result[of]));
  const rate = (of: keyof Turn): number => (spansPerRequest * requests) / time(of);
  const row = (
    name: string,
    of: keyof Turn,
    reference: keyof Turn,
    text: string,
    target: string,
  ): BenchRow => ({
    name,
    value: rate(of),
    unit: 'k spans/s',
    reference: `${text}: ${formatNumber(rate(reference))}`,
    ratio: rate(of) / rate(reference),
    target,
  });
  return [
    row(
      'ingest: bytes to journal and rows, wall',
      'engine',
      'protobufjs',
      'bare protobufjs decode',
      '>= 1.5x',
    ),
    row(
      'ingest: bytes to journal and rows, CPU',
      'engineCpu',
      'protobufjs',
      'bare protobufjs decode',
      '>= 1.5x',
    ),
    row('ingest: bytes to journal and rows, wall', 'engine', 'naive', 'naive store, no journal', '>= 6x'),
  ];
}

/** A few requests at a time, as connections bring them. */
async function ingestAll(engine: Engine, payloads: readonly Uint8Array[]): Promise<void> {
  for (let i = 0; i < payloads.length; i += 8) {
    await Promise.all(payloads.slice(i, i + 8).map(bytes => engine.ingest(bytes)));
  }
}

async function withEngine(use: (engine: Engine) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const retention = { maxSpans: 100_000_000, maxBytes: 2 ** 40, maxAgeSeconds: 1_000_000 };
  const engine = await openEngine({ dataDir, retention, log: () => undefined });
  try {
    await use(engine);
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
