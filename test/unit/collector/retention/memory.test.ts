import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../../../src/collector/engine';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { newProtobuf } from '../receiver/conformance/spans';

describe('An index that takes too much memory', () => {
  let told: string[];
  let engine: Engine;
  beforeEach(async () => {
    told = [];
    engine = await openTestEngine(newDataFolder(), {
      segmentBytes: 100_000,
      onNotice: ({ id }) => told.push(id),
    });
  });
  afterEach(removeDataFolders);

  const dropped = (): number => engine.counts().droppedByRetention;
  const isBusy = (): boolean => engine.isRetaining;
  const ids = (): string[] => engine.listTraces(100_000).map(({ traceId }) => traceId);

  it('loses its oldest traces before the limits of retention are reached, and the user is told once', async () => {
    for (let batch = 0; batch < 10; batch++) await engine.ingest(newProtobuf(1000));
    assert.equal(engine.counts().spans, 10_000);
    const before = new Set(ids());
    engine.limitIndex(1_500_000);
    while (dropped() === 0 || isBusy()) await sleep(5);
    const { spans } = engine.counts();
    assert.ok(spans > 1000 && spans < 9000, `${spans} spans are left`);
    await engine.ingest(newProtobuf(1000));
    const newest = ids().filter(id => !before.has(id));
    assert.equal(newest.length, 1000, 'what is new is kept');
    for (let batch = 0; batch < 10; batch++) await engine.ingest(newProtobuf(1000));
    // The size is looked at now and then, when something comes in.
    while (engine.counts().spans > 9000 || isBusy()) {
      await engine.ingest(newProtobuf(1));
      await sleep(5);
    }
    assert.deepEqual(told, ['index-fills-memory']);
    engine.limitIndex(100_000_000);
    assert.deepEqual(engine.notices(), []);
  });

  it('keeps what is pinned, and is not rewritten for ever', async () => {
    await engine.ingest(newProtobuf(300));
    for (const id of ids()) await engine.pin(id, true);
    engine.limitIndex(1);
    await engine.ingest(newProtobuf(10));
    await sleep(300);
    while (isBusy()) await sleep(5);
    assert.ok(engine.counts().spans >= 300);
    const { journalBytes } = engine.counts();
    await sleep(300);
    assert.equal(engine.counts().journalBytes, journalBytes, 'nothing is written any more');
  });
});
