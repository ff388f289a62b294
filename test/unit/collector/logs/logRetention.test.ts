import assert from 'node:assert/strict';
import type { Engine } from '../../../../src/collector/engine';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { request, spanId, traceId } from '../ingest/support/requests';
import { hasSegment, reopened, roomy, send, settled } from '../retention/support/retaining';
import { logsRequest, type LogFields } from './logRecords';

const segmentBytes = 20_000;

/** The bodies of the records of a trace (0 = those that come in the list of all, newest first). */
function bodiesOf(engine: Engine, trace: number): string[] {
  const query = trace === 0 ? {} : { traceId: traceId(trace) };
  return engine.logs
    .page({ ...query, limit: 5000 })
    .logs.map(({ body }) => ('stringValue' in body ? body.stringValue : ''));
}

/** So many records of a trace, 0 = of none, each with a body and a time of its own. */
function records(trace: number, count: number, name = 'record'): LogFields[] {
  return Array.from({ length: count }, (_, i) => ({ trace, body: `${name} ${i}`, time: i, padding: 100 }));
}

describe('retention, of log records,', () => {
  afterEach(removeDataFolders);

  it('drops them with their trace, also those that came later, and counts them', async () => {
    const folder = newDataFolder();
    const retention = { ...roomy, maxSpans: 1000 };
    let engine = await openTestEngine(folder, { segmentBytes, retention });
    await engine.ingestLogs(logsRequest('cart', ...records(1, 5)));
    await send(engine, 1, 20);
    for (let i = 0; i < 5; i++) await send(engine, 100 + i * 10, 109 + i * 10);
    await engine.ingestLogs(logsRequest('cart', ...records(1, 3, 'late')));
    assert.equal(engine.counts().logs, 8);
    await send(engine, 1000, 1100);
    await settled(engine, () => engine.traceSummary(traceId(1)) === undefined);
    const { logs, droppedLogsByRetention } = engine.counts();
    assert.deepEqual([logs, droppedLogsByRetention, bodiesOf(engine, 0)], [0, 8, []]);
    for (const withSnapshot of [true, false]) {
      engine = await reopened(engine, folder, withSnapshot, { segmentBytes, retention });
      assert.deepEqual([engine.counts().logs, bodiesOf(engine, 1)], [0, []]);
    }
  });

  it('drops those that name no trace, or one that never came, with their segment', async () => {
    const folder = newDataFolder();
    const retention = { ...roomy, maxSpans: 1000 };
    let engine = await openTestEngine(folder, { segmentBytes, retention });
    await engine.ingestLogs(logsRequest('cart', ...records(0, 5), ...records(7777, 5)));
    await send(engine, 1, 120);
    await engine.ingestLogs(logsRequest('cart', ...records(0, 2, 'newer'), ...records(7777, 2, 'newer')));
    assert.ok(!hasSegment(folder, 1));
    await settled(engine, () => engine.counts().logs === 4);
    assert.equal(engine.counts().droppedLogsByRetention, 10);
    for (const withSnapshot of [true, false]) {
      engine = await reopened(engine, folder, withSnapshot, { segmentBytes, retention });
      assert.deepEqual(bodiesOf(engine, 7777), ['newer 0', 'newer 1']);
      assert.deepEqual(bodiesOf(engine, 0).sort(), ['newer 0', 'newer 0', 'newer 1', 'newer 1']);
    }
  });

  for (const withSnapshot of [true, false]) {
    const how = withSnapshot ? 'with a snapshot' : 'from the journal alone';
    it(`writes those of a trace that lives on again, as they came and each once, and has them after restarts ${how}`, async () => {
      const folder = newDataFolder();
      const retention = { ...roomy, maxSpans: 1000 };
      let engine = await openTestEngine(folder, { segmentBytes, retention });
      const sent = logsRequest(
        'cart',
        ...records(1, 3),
        { body: 'twin' },
        { body: 'twin' },
        { body: 'of 2', trace: 2 },
      );
      await engine.ingest(request('cart', { trace: 1, id: 1 }));
      await engine.ingestLogs(sent);
      const expected = engine.logs.page({ traceId: traceId(1), limit: 100 });
      assert.equal(expected.total, 5);
      for (let round = 1; round <= 6; round++) {
        await send(engine, round * 1000, round * 1000 + 49);
        await engine.ingest(request('late', { trace: 1, id: 100 + round, parent: 1 }));
        await settled(engine, () => engine.counts().spans <= 1000);
        engine = await reopened(engine, folder, withSnapshot, { segmentBytes, retention });
        assert.deepEqual(engine.logs.page({ traceId: traceId(1), limit: 100 }), expected);
        assert.equal(engine.logs.countOfSpan(traceId(1), spanId(1)), 5);
      }
      assert.deepEqual(bodiesOf(engine, 2), [], 'a trace that never came keeps nothing');
      assert.equal(engine.counts().logs, 5);
      assert.ok(!hasSegment(folder, 1), 'the segment they came in is gone');
      // Sent again by an exporter that heard no answer.
      const again = logsRequest('cart', ...records(1, 3), { body: 'twin' }, { body: 'twin' });
      assert.equal((await engine.ingestLogs(again)).duplicates, 5);
    });
  }

  it('keeps those of a pinned trace, whatever comes', async () => {
    const folder = newDataFolder();
    const retention = { ...roomy, maxSpans: 1000 };
    let engine = await openTestEngine(folder, { segmentBytes, retention });
    await engine.ingest(request('cart', { trace: 1 }));
    await engine.pin(traceId(1), true);
    await engine.ingestLogs(logsRequest('cart', ...records(1, 50)));
    await send(engine, 1000, 1200);
    for (let i = 0; i < 30; i++)
      await engine.ingestLogs(logsRequest('chatty', ...records(0, 100, `round ${i}`)));
    await settled(engine, () => engine.counts().spans <= 1000 && engine.counts().logs <= 1000);
    assert.equal(bodiesOf(engine, 1).length, 50);
    engine = await reopened(engine, folder, false, { segmentBytes, retention });
    assert.equal(bodiesOf(engine, 1).length, 50);
  });

  it('keeps no more than there may be spans, the newest, and takes no trace for them', async () => {
    const folder = newDataFolder();
    const retention = { ...roomy, maxSpans: 1000 };
    const engine = await openTestEngine(folder, { retention });
    await send(engine, 1, 50);
    for (let i = 0; i < 30; i++)
      await engine.ingestLogs(logsRequest('chatty', ...records(i % 2, 100, `round ${i}`)));
    await settled(engine, () => engine.counts().logs <= 1000);
    const { logs, traces, spans, droppedByRetention, droppedLogsByRetention } = engine.counts();
    assert.deepEqual([logs + droppedLogsByRetention, traces, spans, droppedByRetention], [3000, 50, 500, 0]);
    assert.ok(logs > 500, `${logs} are left`);
    const left = new Set(bodiesOf(engine, 0).map(body => Number(body.split(' ')[1])));
    assert.ok(left.has(29) && left.has(28) && !left.has(0) && !left.has(1));
  });
});
