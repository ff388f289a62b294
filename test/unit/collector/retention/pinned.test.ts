import assert from 'node:assert/strict';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { openTestEngine, newDataFolder, removeDataFolders } from '../ingest/support/dataFolders';
import { request, spanId, traceId } from '../ingest/support/requests';
import { hasSegment, reopened, roomy, send, settled, traceNumbers } from './support/retaining';

const segmentBytes = 20_000;

describe('A pinned trace', function () {
  // Thousands of writes to the disk, which others may be using.
  this.timeout(120_000);
  afterEach(removeDataFolders);

  it('says so in its summary and in the counts, and no more when it is unpinned', async () => {
    const engine = await openTestEngine(newDataFolder());
    await send(engine, 1, 2);
    const changed: string[] = [];
    engine.onChange(change => changed.push(...change.traces));
    assert.equal(await engine.pin(traceId(1), true), true);
    assert.equal(await engine.pin(traceId(1), true), true, 'twice is once');
    assert.deepEqual([engine.traceSummary(traceId(1))?.pinned, engine.counts().pinnedTraces], [true, 1]);
    assert.equal(engine.traceSummary(traceId(2))?.pinned, false);
    assert.ok(changed.includes(traceId(1)));
    assert.equal(await engine.pin(traceId(1), false), true);
    assert.deepEqual([engine.traceSummary(traceId(1))?.pinned, engine.counts().pinnedTraces], [false, 0]);
    assert.equal(await engine.pin(traceId(7), true), false, 'there is none');
    assert.equal(await engine.pin('no id', true), false);
  });

  for (const withSnapshot of [true, false]) {
    const how = withSnapshot ? 'with a snapshot' : 'from the journal alone';
    it(`stays, with the spans that came late, while all around it goes, and after restarts ${how}`, async () => {
      const folder = newDataFolder();
      const retention = { ...roomy, maxSpans: 1000 };
      let engine = await openTestEngine(folder, { segmentBytes, retention });
      await send(engine, 1, 10);
      await engine.pin(traceId(3), true);
      const before = engine.readSpans(traceId(3), [spanId(1), spanId(10)]);
      for (let round = 1; round <= 4; round++) {
        await send(engine, round * 1000, round * 1000 + 150);
        await engine.ingest(request('late', { trace: 3, id: 100 + round, parent: 1 }));
        await settled(engine, () => engine.counts().spans <= 1000);
        engine = await reopened(engine, folder, withSnapshot, { segmentBytes, retention });
        const summary = engine.traceSummary(traceId(3));
        assert.deepEqual(
          [summary?.pinned, summary?.spanCount, engine.counts().pinnedTraces],
          [true, 10 + round, 1],
        );
        assert.equal(summary?.rootName, 'GET /cart');
      }
      assert.ok(!hasSegment(folder, 1) && !hasSegment(folder, 5), 'the segments it came in are gone');
      assert.deepEqual(engine.readSpans(traceId(3), [spanId(1), spanId(10)]), before);
      assert.deepEqual(
        traceNumbers(engine).filter(n => n < 1000),
        [3],
      );
      assert.ok(engine.readSpans(traceId(3), [spanId(101)])[0]);
      await engine.pin(traceId(3), false);
      await send(engine, 10_000, 10_150);
      await settled(engine, () => engine.traceSummary(traceId(3)) === undefined);
      engine = await reopened(engine, folder, withSnapshot);
      assert.equal(engine.traceSummary(traceId(3)), undefined, 'unpinned, it went as the oldest');
    });
  }

  it('is no longer pinned after a restart when it was unpinned before', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    await send(engine, 1, 2);
    await engine.pin(traceId(1), true);
    await engine.pin(traceId(2), true);
    await engine.pin(traceId(1), false);
    for (const withSnapshot of [false, true]) {
      engine = await reopened(engine, folder, withSnapshot);
      assert.deepEqual(
        [1, 2].map(n => engine.traceSummary(traceId(n))?.pinned),
        [false, true],
      );
    }
  });

  it('survives its age, and stays where bytes are counted', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    await send(engine, 1, 3);
    await engine.pin(traceId(2), true);
    await engine.close();
    const dayAgo = Date.now() / 1000 - 86_400;
    for (const name of readdirSync(join(folder, 'journal')).filter(file => file.endsWith('.seg')))
      utimesSync(join(folder, 'journal', name), dayAgo, dayAgo);
    engine = await openTestEngine(folder, { retention: { ...roomy, maxAgeSeconds: 3600 } });
    await settled(engine, () => engine.counts().traces === 1 && !hasSegment(folder, 1));
    assert.equal(engine.traceSummary(traceId(2))?.spanCount, 10);
    engine.configureRetention({ ...roomy, maxBytes: 1024 * 1024 });
    await send(engine, 10, 300, 10, 1000);
    await settled(engine, () => engine.counts().journalBytes <= 1024 * 1024);
    assert.equal(engine.traceSummary(traceId(2))?.spanCount, 10);
    engine = await reopened(engine, folder, false);
    assert.equal(engine.traceSummary(traceId(2))?.pinned, true);
  });

  for (const by of ['spans', 'bytes'] as const) {
    it(`is kept where pinned ones fill the limit of ${by}: the user is told once, and new traces still come and go`, async () => {
      const folder = newDataFolder();
      const told: string[] = [];
      const retention = by === 'spans' ? { ...roomy, maxSpans: 1000 } : { ...roomy, maxBytes: 1024 * 1024 };
      const padding = by === 'spans' ? 10 : 1000;
      const engine = await openTestEngine(folder, {
        segmentBytes: 100_000,
        onNotice: notice => told.push(notice.id),
      });
      await send(engine, 1, 150, 10, padding);
      const pinned = Array.from({ length: 150 }, (_, i) => traceId(i + 1));
      await Promise.all(pinned.map(id => engine.pin(id, true)));
      engine.configureRetention(retention);
      for (let round = 1; round <= 3; round++) {
        await send(engine, round * 1000, round * 1000 + 199, 10, padding);
        await settled(engine, () => !engine.isRetaining);
        const numbers = traceNumbers(engine);
        assert.deepEqual(
          numbers.slice(0, 150),
          Array.from({ length: 150 }, (_, i) => i + 1),
        );
        const others = numbers.slice(150);
        assert.ok(others.length > 0 && others.length < 60, `${others.length} others`);
        assert.equal(others.at(-1), round * 1000 + 199, 'the newest are there');
      }
      assert.deepEqual(told, ['pinned-traces-fill-store']);
      assert.ok(engine.counts().journalBytes < 10_000_000);
      await Promise.all(pinned.map(id => engine.pin(id, false)));
      await settled(engine, () => engine.counts().spans <= 1000 || by === 'bytes');
      await settled(engine, () => engine.notices().length === 0);
      assert.equal(engine.counts().pinnedTraces, 0);
    });
  }

  it('goes with everything else when all is cleared, and is not pinned when it comes again', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    await send(engine, 1, 1);
    await engine.pin(traceId(1), true);
    await engine.clear();
    assert.equal(engine.counts().pinnedTraces, 0);
    await send(engine, 1, 1);
    assert.equal(engine.traceSummary(traceId(1))?.pinned, false);
    engine = await reopened(engine, folder, false);
    assert.equal(engine.traceSummary(traceId(1))?.pinned, false);
  });

  it('is not pinned when the journal does not take it any more', async () => {
    const engine = await openTestEngine(newDataFolder());
    await send(engine, 1, 1);
    await engine.close();
    await assert.rejects(engine.pin(traceId(1), true), { name: 'UnavailableError' });
    assert.equal(engine.traceSummary(traceId(1))?.pinned, false);
  });
});
