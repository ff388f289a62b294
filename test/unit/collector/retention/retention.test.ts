import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../../src/collector/engine';
import { openTestEngine, newDataFolder, removeDataFolders } from '../ingest/support/dataFolders';
import { readDictionary } from '../store/support/readSnapshot';
import { request, spanId, traceId, type SpanFields } from '../ingest/support/requests';
import { hasSegment, reopened, roomy, send, settled, traceNumbers } from './support/retaining';

describe('Retention', () => {
  afterEach(removeDataFolders);

  it('drops the oldest traces whole when there are more spans than may be kept, and counts them', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder, { retention: { ...roomy, maxSpans: 1000 } });
    const removed: string[] = [];
    const steps: number[] = [];
    engine.onChange(change => {
      removed.push(...change.removed);
      steps.push(change.removed.length);
    });
    await send(engine, 1, 300);
    await settled(engine, () => engine.counts().spans <= 1000);
    assert.ok(Math.max(...steps) <= 64, 'a bounded number of traces in one turn');
    const { spans, droppedByRetention, traces } = engine.counts();
    assert.equal(spans + droppedByRetention, 3000);
    assert.ok(spans > 1000 * (3 / 4), `${spans} spans are kept`);
    const kept = traceNumbers(engine);
    assert.deepEqual(
      kept,
      Array.from({ length: traces }, (_, i) => 301 - traces + i),
      'the newest, without a gap',
    );
    assert.ok(kept.every(trace => engine.traceSummary(traceId(trace))?.spanCount === 10));
    assert.deepEqual(
      removed.map(Number).sort((a, b) => a - b),
      Array.from({ length: 300 - traces }, (_, i) => i + 1),
    );
    for (const withSnapshot of [true, false]) {
      const again = await reopened(engine, folder, withSnapshot);
      assert.deepEqual(traceNumbers(again), kept);
      assert.equal(again.counts().spans, spans);
      for (const { rootName, rootService } of again.listTraces(1000)) {
        assert.deepEqual([rootName, rootService], ['GET /cart', 'cart'], 'names that are in use stay');
      }
      await again.close();
    }
  });

  it('drops by bytes, and gives the disk back', async () => {
    const folder = newDataFolder();
    const maxBytes = 1024 * 1024;
    const engine = await openTestEngine(folder, { retention: { ...roomy, maxBytes } });
    await send(engine, 1, 200, 10, 1000);
    await settled(engine, () => engine.counts().journalBytes <= maxBytes);
    assert.ok(engine.counts().journalBytes > maxBytes / 2);
    assert.ok(traceNumbers(engine).includes(200));
    assert.ok(!traceNumbers(engine).includes(1));
    assert.ok(!existsSync(join(folder, 'journal', '00000001.seg')));
  });

  it('drops by age', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    await send(engine, 1, 3);
    await engine.close();
    const dayAgo = Date.now() / 1000 - 86_400;
    for (const name of readdirSync(join(folder, 'journal')))
      utimesSync(join(folder, 'journal', name), dayAgo, dayAgo);
    engine = await openTestEngine(folder);
    assert.deepEqual(traceNumbers(engine), [1, 2, 3]);
    engine.configureRetention({ ...roomy, maxAgeSeconds: 3600 });
    await settled(engine, () => engine.counts().traces === 0);
    assert.deepEqual([engine.counts().spans, engine.counts().droppedByRetention], [0, 30]);
    await send(engine, 4, 4);
    assert.deepEqual(traceNumbers(engine), [4]);
  });

  it('carries a trace forward that reaches into newer segments, with all that its spans carry', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder, { segmentBytes: 20_000 });
    // Trace 1 begins in the first segment and ends in the last one.
    await engine.ingest(request('gateway', { trace: 1, id: 1, name: 'POST /checkout', error: true }));
    await engine.ingest(request('orders', { trace: 1, id: 2, parent: 1, start: 10 }));
    await send(engine, 2, 60);
    await engine.ingest(request('mailer', { trace: 1, id: 3, parent: 2, start: 20, name: 'late' }));
    const [table, summary] = [engine.spanTable(traceId(1)), engine.traceSummary(traceId(1))];
    const ids = [1, 2, 3].map(spanId);
    const details = engine.readSpans(traceId(1), ids);
    engine.configureRetention({ ...roomy, maxSpans: 300 });
    await settled(engine, () => engine.counts().spans <= 300 && !hasSegment(folder, 1));
    assert.ok(!traceNumbers(engine).includes(2), 'its neighbours are gone');
    const check = (now: Engine, label: string): void => {
      assert.deepEqual(now.traceSummary(traceId(1)), summary, label);
      assert.deepEqual(now.readSpans(traceId(1), ids), details, label);
      const { strings, count, base } = now.spanTable(traceId(1))!;
      assert.deepEqual(
        [count, base, new Set(strings)],
        [table?.count, table?.base, new Set(table?.strings)],
        label,
      );
    };
    check(engine, 'live');
    const kept = traceNumbers(engine);
    for (const withSnapshot of [true, false]) {
      engine = await reopened(engine, folder, withSnapshot);
      check(engine, withSnapshot ? 'from the snapshot' : 'from the journal alone');
      assert.deepEqual(traceNumbers(engine), kept);
    }
  });

  for (const when of ['at once', 'after a replay of the whole journal']) {
    it(`drops a carried trace with the segment that it last arrived in, ${when}, and does not bring it back`, async () => {
      const folder = newDataFolder();
      const segmentBytes = 20_000;
      let engine = await openTestEngine(folder, { segmentBytes });
      await engine.ingest(request('gateway', { trace: 1, id: 1 }));
      await send(engine, 2, 30);
      await engine.ingest(request('mailer', { trace: 1, id: 2, parent: 1 }));
      await send(engine, 31, 60);
      engine.configureRetention({ ...roomy, maxSpans: 500 });
      await settled(engine, () => !hasSegment(folder, 1));
      assert.equal(engine.traceSummary(traceId(1))?.spanCount, 2, 'carried');
      const carriedTo = readdirSync(join(folder, 'journal')).sort().at(-1)!;
      if (when !== 'at once') {
        await engine.close();
        rmSync(join(folder, 'index.sqlite'));
        engine = await openTestEngine(folder, { segmentBytes, retention: { ...roomy, maxSpans: 500 } });
        assert.equal(engine.traceSummary(traceId(1))?.spanCount, 2);
      }
      await send(engine, 100, 125);
      await settled(engine, () => engine.traceSummary(traceId(1)) === undefined);
      assert.ok(traceNumbers(engine).includes(60));
      const kept = traceNumbers(engine);
      for (const withSnapshot of [true, false]) {
        engine = await reopened(engine, folder, withSnapshot);
        assert.ok(existsSync(join(folder, 'journal', carriedTo)), 'its bytes are still there');
        assert.deepEqual(traceNumbers(engine), kept);
      }
    });
  }

  it('finds what was carried forward after a crash that left an older snapshot', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder, { segmentBytes: 20_000 });
    await engine.ingest(request('gateway', { trace: 1, id: 1 }));
    await send(engine, 2, 60);
    await engine.ingest(request('mailer', { trace: 1, id: 2, parent: 1 }));
    await engine.close();
    const [snapshot, older] = [join(folder, 'index.sqlite'), join(folder, 'older.sqlite')];
    copyFileSync(snapshot, older);
    engine = await openTestEngine(folder, { segmentBytes: 20_000, retention: { ...roomy, maxSpans: 300 } });
    await settled(engine, () => engine.counts().spans <= 300 && !hasSegment(folder, 1));
    const kept = traceNumbers(engine);
    const details = engine.readSpans(traceId(1), [spanId(1), spanId(2)]);
    await engine.close();
    copyFileSync(older, snapshot);
    engine = await openTestEngine(folder);
    assert.deepEqual(engine.readSpans(traceId(1), [spanId(1), spanId(2)]), details);
    assert.ok(details.every(detail => detail !== undefined));
    assert.deepEqual(traceNumbers(engine), kept);
    assert.deepEqual(engine.notices(), []);
  });

  it('keeps a trace that goes on for ever within the limits, dropping its oldest spans', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder, {
      segmentBytes: 50_000,
      retention: { ...roomy, maxSpans: 2000 },
    });
    await engine.ingest(request('first', { trace: 1, id: 999_999, start: 1, name: 'the root' }));
    let id = 0;
    for (let i = 0; i < 300; i++) {
      const spans = Array.from({ length: 20 }, (): SpanFields => ({
        trace: 1,
        id: ++id,
        start: id * 10,
        padding: 50,
      }));
      await engine.ingest(request('worker', ...spans));
    }
    await settled(engine, () => engine.counts().spans <= 2000);
    const { spans, droppedByRetention } = engine.counts();
    assert.equal(spans + droppedByRetention, 6001);
    assert.deepEqual(engine.readSpans(traceId(1), [spanId(999_999)]), [undefined], 'its root is gone');
    const table = engine.spanTable(traceId(1));
    assert.equal(table?.count, spans);
    assert.equal(engine.traceSummary(traceId(1))?.spanCount, spans);
    assert.equal(engine.readSpans(traceId(1), [spanId(6000)])[0]?.spanId, spanId(6000));
    assert.ok(engine.counts().journalBytes < 2_000_000);
    const again = await reopened(engine, folder, true);
    const { rootName, rootService, services } = again.traceSummary(traceId(1))!;
    assert.deepEqual(
      [rootName, rootService, services],
      ['the root', 'first', ['first', 'worker']],
      'still named',
    );
  });

  it('survives being stopped at any of its steps: nothing is lost that should be kept, nothing comes twice', async () => {
    for (let delay = 0; delay < 12; delay++) {
      const folder = newDataFolder();
      let engine = await openTestEngine(folder, { segmentBytes: 20_000 });
      await engine.ingest(request('gateway', { trace: 1, id: 1 }));
      await send(engine, 2, 40);
      await engine.ingest(request('gateway', { trace: 1, id: 2, parent: 1 }));
      const before = engine.counts().spans;
      engine.configureRetention({ ...roomy, maxSpans: 200 });
      for (let turn = 0; turn < delay; turn++) await new Promise(resolve => setImmediate(resolve));
      // Without a snapshot it is as if the process had been killed.
      engine = await reopened(engine, folder, delay % 2 === 0);
      const numbers = traceNumbers(engine);
      assert.deepEqual(
        numbers.slice(1),
        Array.from({ length: numbers.length - 1 }, (_, i) => 42 - numbers.length + i),
      );
      assert.equal(engine.traceSummary(traceId(1))?.spanCount, 2);
      assert.deepEqual(
        engine.readSpans(traceId(1), [spanId(1), spanId(2)]).map(found => found?.spanId),
        [spanId(1), spanId(2)],
      );
      const counted = engine.listTraces(1000).reduce((sum, summary) => sum + summary.spanCount, 0);
      assert.equal(engine.counts().spans, counted);
      assert.ok(counted <= before);
      assert.ok(
        numbers.every(
          n => engine.spanTable(traceId(n))?.count === engine.traceSummary(traceId(n))?.spanCount,
        ),
      );
      await engine.close();
    }
  });

  it('lets names and services go that no span has any more, and keeps those of carried spans', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder, {
      segmentBytes: 20_000,
      retention: { ...roomy, maxSpans: 1000 },
    });
    await engine.ingest(request('first service', { trace: 999_999, id: 1, name: 'the root' }));
    for (let trace = 1; trace <= 400; trace++) {
      const spans = Array.from({ length: 10 }, (_, i): SpanFields => ({
        trace,
        id: i + 1,
        name: `GET /user/${trace}/${i}`,
      }));
      await engine.ingest(request(`service ${trace}`, ...spans));
      if (trace % 20 === 0)
        await engine.ingest(
          request('last', { trace: 999_999, id: trace + 1, parent: 1, name: `child ${trace}` }),
        );
    }
    await settled(engine, () => engine.counts().spans <= 1000);
    const summary = engine.traceSummary(traceId(999_999));
    assert.equal(summary?.rootName, 'the root');
    assert.deepEqual(summary.services, ['first service', 'last']);
    await engine.close();
    const names = await readDictionary(folder, 'names');
    assert.ok(names.length < 1500, `${names.length} names for at most 1000 spans`);
    const kept = summary.spanCount - 1;
    assert.ok(kept > 5);
    assert.equal(names.filter(name => name === 'the root' || name.startsWith('child ')).length, kept + 1);
    assert.ok((await readDictionary(folder, 'services')).length < 150);
    assert.ok((await readDictionary(folder, 'resources')).length < 150);
  });

  it('stops at once for a clear, and does not drop what comes after it', async () => {
    const engine = await openTestEngine(newDataFolder(), { segmentBytes: 20_000 });
    await send(engine, 1, 100);
    engine.configureRetention({ ...roomy, maxSpans: 200 });
    await engine.clear();
    await send(engine, 200, 205);
    for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
    assert.deepEqual(traceNumbers(engine), [200, 201, 202, 203, 204, 205]);
  });
});
