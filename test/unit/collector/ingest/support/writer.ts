// A program that takes requests in until it is killed: `node writer.js <data folder> <first trace> <wasm>`. Every trace
// n has n % 5 + 1 spans. It prints `ack <n>` for each that was acknowledged, `nack <n>` for each that was refused.
import { writeSync } from 'node:fs';
import type { Engine } from '../../../../../src/collector/engine';
import { request } from './requests';
import { writeUntilKilled } from './writeUntilKilled';

export function spansOf(trace: number): number {
  return (trace % 5) + 1;
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
  writeUntilKilled(send).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
