import assert from 'node:assert/strict';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '../../../../src/collector/unavailableError';
import { newDataFolder, openTestEngine, removeDataFolders } from './support/dataFolders';
import { request, traceId } from './support/requests';

describe('When the journal cannot be written', () => {
  afterEach(removeDataFolders);

  it('takes back what was visible already, refuses it, says so once, and recovers by itself', async () => {
    const folder = newDataFolder();
    const told: string[] = [];
    const engine = await openTestEngine(folder, {
      segmentBytes: 400,
      onNotice: notice => told.push(notice.id),
    });
    await engine.ingest(request('cart', { trace: 1, id: 1, padding: 300 }));
    // A folder where the next segment should be: nobody can write there, whatever his rights.
    const obstacle = join(folder, 'journal', '00000002.seg');
    mkdirSync(obstacle);
    const changes: [string[], string[]][] = [];
    engine.onChange(({ traces, removed }) => changes.push([[...traces], [...removed]]));
    const refused = [
      engine.ingest(request('orders', { trace: 1, id: 2, parent: 1, error: true }, { trace: 2 })),
      // A retry of the first that comes while that is on its way: all of it is known already.
      engine.ingest(request('orders', { trace: 1, id: 2, parent: 1, error: true })),
      engine.ingest(request('orders', { trace: 3 })),
    ];
    assert.equal(engine.counts().spans, 4);
    for (const result of await Promise.allSettled(refused)) {
      assert.ok(result.status === 'rejected' && result.reason instanceof UnavailableError);
    }
    assert.deepEqual([engine.counts().spans, engine.counts().traces], [1, 1]);
    const { spanCount, errorCount, services } = engine.traceSummary(traceId(1))!;
    assert.deepEqual([spanCount, errorCount, services], [1, 0, ['cart']]);
    assert.deepEqual(changes.at(-1), [[traceId(1)], [traceId(2), traceId(3)]]);
    assert.deepEqual(told, ['journal-write-failed']);
    await assert.rejects(engine.ingest(request('orders', { trace: 3 })), UnavailableError);
    assert.deepEqual(told, ['journal-write-failed'], 'told once');
    rmdirSync(obstacle);
    await engine.ingest(request('orders', { trace: 3 }));
    assert.deepEqual(engine.notices(), [], 'it is over');
    await engine.close();
    const again = await openTestEngine(folder);
    assert.deepEqual(
      again
        .listTraces(10)
        .map(summary => summary.traceId)
        .sort(),
      [traceId(1), traceId(3)],
    );
  });

  it('refuses spans once it closes, and finishes those on their way', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder);
    const onItsWay = engine.ingest(request('cart', { trace: 1 }));
    const closing = engine.close();
    await assert.rejects(engine.ingest(request('cart', { trace: 2 })), UnavailableError);
    await Promise.all([onItsWay, closing, engine.close()]);
    assert.equal((await openTestEngine(folder)).counts().traces, 1);
  });
});
