import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { outOfMemory, SqlError } from '../../../../src/collector/store/sqlError';
import { loadSqlModule } from '../../../../src/collector/store/sqlModule';
import { findWasm } from '../../../../src/collector/store/wasmPath';
import { UnavailableError } from '../../../../src/collector/unavailableError';
import { newDataFolder, openTestEngine, removeDataFolders } from './support/dataFolders';
import { request, spanId, traceId } from './support/requests';

const spansPerTrace = 100;

function hungry(trace: number): Uint8Array {
  const spans = Array.from({ length: spansPerTrace }, (_, i) => ({
    trace,
    id: i + 1,
    name: `a name of some length that no other span has: ${trace} ${i}`,
  }));
  return request('hungry', ...spans);
}

describe('A store that has all the memory it may have', () => {
  afterEach(removeDataFolders);

  it('refuses what does not fit, drops the oldest for it, says so once, and goes on taking what is new', async () => {
    const folder = newDataFolder();
    const told = new Set<string>();
    const engine = await openTestEngine(folder, {
      maxStoreBytes: 2 * 1024 * 1024,
      segmentBytes: 200_000,
      onNotice: ({ id }) => told.add(id),
    });
    let refused = 0;
    let trace = 1;
    for (; trace <= 400; trace++) {
      for (let done = false; !done;) {
        const before = engine.counts().spans;
        try {
          await engine.ingest(hungry(trace));
          done = true;
        } catch (error) {
          assert.ok(error instanceof UnavailableError);
          assert.ok(engine.counts().spans <= before, 'nothing of it is kept');
          refused++;
          await sleep(1);
        }
      }
    }
    const { spans, droppedByRetention, traces } = engine.counts();
    assert.ok(refused > 0 && droppedByRetention > 0, `${refused} refused, ${droppedByRetention} dropped`);
    assert.equal(spans + droppedByRetention, 400 * spansPerTrace, 'each is there or was dropped');
    assert.ok(traces > 40, `${traces} are left: no more go than must`);
    assert.equal(told.size, 1);
    assert.deepEqual(engine.notices(), [], 'it is over');
    const [newest] = engine.readSpans(traceId(400), [spanId(spansPerTrace)]);
    assert.match(newest?.name ?? '', /: 400 99$/);
    await engine.close();
    assert.equal((await openTestEngine(folder)).counts().spans, spans);
  });

  it('grows again when it may', async () => {
    const engine = await openTestEngine(newDataFolder(), { maxStoreBytes: 1, segmentBytes: 1e6 });
    const ingested = async (from: number): Promise<number> => {
      for (let trace = from; ; trace++) {
        try {
          await engine.ingest(hungry(trace));
        } catch {
          return trace;
        }
        if (trace === from + 100) return trace;
      }
    };
    const stopped = await ingested(1);
    assert.ok(stopped < 100, `it took ${stopped}`);
    engine.configureStore(2 ** 28);
    while ((await ingested(1000)) < 1100) await sleep(1);
  });

  it('says that memory has run out where WebAssembly gives no more, and works on', async () => {
    const module = await loadSqlModule(findWasm());
    assert.throws(
      () => module.allocate(2 ** 31 - 1),
      (error: unknown) => error instanceof SqlError && error.code === outOfMemory,
    );
    const engine = await openTestEngine(newDataFolder());
    await engine.ingest(hungry(1));
    assert.equal(engine.counts().spans, spansPerTrace);
  });
});
