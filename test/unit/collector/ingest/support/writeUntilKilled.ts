import type { Engine } from '../../../../../src/collector/engine';
import { openEngine } from '../../../../../src/collector/openEngine';

/**
 * The main loop of a writer (see WriterProgram): sends one numbered request after the other until it is killed. Some at
 * a time, so that several share a write; a restart now and then, so that a kill can hit the snapshot.
 */
export async function writeUntilKilled(send: (engine: Engine, n: number) => Promise<void>): Promise<void> {
  const [dataDir, first, wasmPath] = process.argv.slice(2);
  if (dataDir === undefined || wasmPath === undefined)
    throw new Error('usage: writer <data folder> <first number> <wasm>');
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
    await Promise.all(Array.from({ length: 16 }, () => send(engine, n++)));
    if (n % 400 < 16) {
      await engine.close();
      engine = await open();
    }
  }
}
