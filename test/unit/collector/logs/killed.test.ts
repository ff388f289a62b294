import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../../src/collector/engine';
import type { LogTime } from '../../../../src/collector/store/logReader';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { WriterProgram } from '../ingest/support/writerProgram';
import { recordsOf } from './logWriter';

/** Every acknowledged request is there whole and once, every other one whole and once or not at all. */
function check(engine: Engine, acknowledged: readonly number[]): void {
  const found = new Map<number, string[]>();
  let behind: LogTime | undefined;
  do {
    const { logs, end } = engine.logs.page({ limit: 5000, behind });
    for (const { body } of logs) {
      const text = 'stringValue' in body ? body.stringValue : '';
      const n = Number(text.split('/')[0]);
      found.set(n, [...(found.get(n) ?? []), text]);
    }
    behind = end;
  } while (behind);
  for (const n of acknowledged) assert.ok(found.has(n), `request ${n}`);
  let records = 0;
  for (const [n, bodies] of found) {
    assert.deepEqual(
      bodies.sort(),
      recordsOf(n).map(({ body }) => body),
    );
    records += bodies.length;
  }
  assert.equal(engine.counts().logs, records);
}

describe('log records in a collector that is killed at any moment', function () {
  this.timeout(120_000);
  let writer: WriterProgram;

  before(async () => {
    writer = await WriterProgram.build(join(__dirname, 'logWriter.ts'));
  });
  afterEach(removeDataFolders);
  after(() => writer.remove());

  it('are all there that it acknowledged, each once, although every request was sent twice', async () => {
    const dataDir = newDataFolder();
    const acknowledged: number[] = [];
    for (let round = 0; round < 8; round++) {
      const killAfter = 1 + Math.floor(Math.random() * 400);
      acknowledged.push(...(await writer.runUntil(killAfter, dataDir, round * 100_000 + 1)));
      // Another process goes on in the same folder without anybody having closed it; every third time somebody looks.
      if (round % 3 === 0) {
        const engine = await openTestEngine(dataDir);
        check(engine, acknowledged);
        await engine.close();
      }
    }
    const engine = await openTestEngine(dataDir);
    check(engine, acknowledged);
    await engine.close();
    rmSync(join(dataDir, 'index.sqlite'), { force: true });
    check(await openTestEngine(dataDir), acknowledged);
  });
});
