// A program that takes log records in until it is killed (see WriterProgram). Request n holds n % 4 + 1 records of trace
// n, or of none where n is a multiple of 3, and is sent twice: the first answer may not have been heard. It prints
// `ack <n>` for each that was acknowledged.
import { writeSync } from 'node:fs';
import { openEngine, type Engine } from '../../../../src/collector/engine';
import { logsRequest, type LogFields } from './logRecords';

export function recordsOf(n: number): LogFields[] {
  return Array.from({ length: (n % 4) + 1 }, (_, i) => ({
    trace: n % 3 === 0 ? 0 : n,
    span: 1,
    // The last two are alike.
    body: `${n}/${Math.min(i, 2)}`,
    padding: n % 500,
  }));
}

async function main([dataDir, first, wasmPath]: readonly string[]): Promise<void> {
  if (dataDir === undefined || wasmPath === undefined)
    throw new Error('usage: logWriter <data folder> <first request> <wasm>');
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
  for (let n = Number(first); ;) {
    // Some at a time, so that several share a write; a restart now and then, so that a kill can hit the snapshot.
    await Promise.all(Array.from({ length: 16 }, () => send(engine, n++)));
    if (n % 400 < 16) {
      await engine.close();
      engine = await open();
    }
  }
}

async function send(engine: Engine, n: number): Promise<void> {
  const bytes = logsRequest('writer', ...recordsOf(n));
  await Promise.all([engine.ingestLogs(bytes), engine.ingestLogs(bytes)]);
  writeSync(1, `ack ${n}\n`);
}

if (process.argv[1]?.endsWith('writer.cjs')) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
