// A program that takes log records in until it is killed (see WriterProgram). Request n holds n % 4 + 1 records of trace
// n, or of none where n is a multiple of 3, and is sent twice: the first answer may not have been heard. It prints
// `ack <n>` for each that was acknowledged.
import { writeSync } from 'node:fs';
import type { Engine } from '../../../../src/collector/engine';
import { writeUntilKilled } from '../ingest/support/writeUntilKilled';
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

async function send(engine: Engine, n: number): Promise<void> {
  const bytes = logsRequest('writer', ...recordsOf(n));
  await Promise.all([engine.ingestLogs(bytes), engine.ingestLogs(bytes)]);
  writeSync(1, `ack ${n}\n`);
}

if (process.argv[1]?.endsWith('writer.cjs')) {
  writeUntilKilled(send).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}
