// A program that takes requests in until it is killed: `node writer.js <data folder> <first trace> <wasm>`. Every trace
// n has n % 5 + 1 spans. It prints `ack <n>` for each that was acknowledged, `nack <n>` for each that was refused.
import { writeSync } from 'node:fs';
import { openEngine, type Engine } from '../../../../../src/collector/engine';
import { request } from './requests';

export function spansOf(trace: number): number {
  return (trace % 5) + 1;
}

async function main([dataDir, first, wasmPath]: readonly string[]): Promise<void> {
  if (dataDir === undefined || wasmPath === undefined)
    throw new Error('usage: writer <data folder> <first trace> <wasm>');
  const open = (): Promise<Engine> =>
    openEngine({
      dataDir,
      wasmPath,
      retention: { maxSpans: 1e9, maxBytes: 2 ** 40, maxAgeSeconds: 1e9 },
      log: () => undefined,
      segmentBytes: 100_000,
      syncIntervalMs: 20,
    });
  let engine = await open();
  for (let trace = Number(first); ;) {
    // Some at a time, so that several share a write; a restart now and then, so that a kill can hit the snapshot.
    await Promise.all(Array.from({ length: 16 }, () => send(engine, trace++)));
    if (trace % 400 < 16) {
      await engine.close();
      engine = await open();
    }
  }
}

async function send(engine: Engine, trace: number): Promise<void> {
  const spans = Array.from({ length: spansOf(trace) }, (_, i) => ({
    trace,
    id: i + 1,
    padding: trace % 700,
  }));
  try {
    await engine.ingest(request('writer', ...spans));
    writeSync(1, `ack ${trace}\n`);
  } catch {
    writeSync(1, `nack ${trace}\n`);
    // The full disk has been seen.
    if (trace % 3 === 0) process.exit(7);
  }
}

if (process.argv[1]?.endsWith('writer.cjs')) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
