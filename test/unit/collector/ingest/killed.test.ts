import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../../src/collector/engine';
import { newDataFolder, openTestEngine, removeDataFolders } from './support/dataFolders';
import { spanId, traceId } from './support/requests';
import { spansOf } from './support/writer';
import { WriterProgram } from './support/writerProgram';

/** Every acknowledged trace is there whole, every other one whole or not at all, and all can be read back. */
function check(engine: Engine, acknowledged: readonly number[]): void {
  for (const trace of acknowledged) {
    assert.equal(engine.traceSummary(traceId(trace))?.spanCount, spansOf(trace), `trace ${trace}`);
  }
  let spans = 0;
  for (const { traceId: id, spanCount } of engine.listTraces(1_000_000)) {
    assert.equal(spanCount, spansOf(Number(id)), id);
    const ids = Array.from({ length: spanCount }, (_, i) => spanId(i + 1));
    assert.deepEqual(
      engine.readSpans(id, ids).map(span => span?.spanId),
      ids,
    );
    spans += spanCount;
  }
  assert.equal(engine.counts().spans, spans);
}

describe('A collector that is stopped in the middle', function () {
  this.timeout(120_000);
  let writer: WriterProgram;

  before(async () => {
    writer = await WriterProgram.build(join(__dirname, 'support', 'writer.ts'));
  });

  afterEach(removeDataFolders);
  after(() => writer.remove());

  it('has every span that it acknowledged, each once, when it is killed at any moment', async () => {
    const dataDir = newDataFolder();
    const acknowledged: number[] = [];
    for (let round = 0; round < 10; round++) {
      const killAfter = 1 + Math.floor(Math.random() * 400);
      const some = await writer.runUntil(killAfter, dataDir, round * 100_000 + 1);
      assert.ok(some.length >= killAfter);
      acknowledged.push(...some);
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

  it('refuses spans when the disk is full, and has those it acknowledged before', async () => {
    const dataDir = newDataFolder();
    // A limit on the length of files stands for the full disk: writes fail, the last one half way.
    const limited = 'ulimit -f 48; trap "" XFSZ; exec "$0" "$@"';
    const { acknowledged, refused } = await writer.run(dataDir, 1, limited, () => undefined);
    assert.ok(acknowledged.length > 20 && refused.length > 0, `${acknowledged.length} and ${refused.length}`);
    // What was refused last is there or not: nobody was told that it is.
    check(await openTestEngine(dataDir), acknowledged);
  });
});
