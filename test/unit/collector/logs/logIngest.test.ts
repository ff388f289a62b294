import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../../src/collector/engine';
import type { LogTime } from '../../../../src/collector/store/logReader';
import type { LogQuery } from '../../../../src/collector/logs/logQueries';
import { MalformedProtobufError } from '../../../../src/otlp/malformedProtobufError';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { request, spanId, testStart, traceId } from '../ingest/support/requests';
import { logsRequest } from './logRecords';

function bodies(engine: Engine, query: Partial<LogQuery> = {}): unknown[] {
  return engine.logs.page({ limit: 1000, ...query }).logs.map(({ body }) => body);
}

const text = (...values: readonly string[]): object[] => values.map(stringValue => ({ stringValue }));

describe('log records', () => {
  afterEach(removeDataFolders);

  it('can be asked for in the turn in which they came, and are there after a restart, as they were sent', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    const acknowledged = engine.ingestLogs(logsRequest('cart', { time: 5, severity: 17 }));
    const expected = {
      timeUnixNano: String(testStart + 5n),
      observedTimeUnixNano: String(testStart + 999n),
      severityNumber: 17,
      severityText: 'INFO',
      body: { stringValue: 'added to cart' },
      attributes: [],
      droppedAttributesCount: 0,
      flags: 1,
      traceId: traceId(1),
      spanId: spanId(1),
      eventName: '',
      resource: {
        attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }],
        droppedAttributesCount: 0,
        schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
      },
      scope: {
        name: 'logger of cart',
        version: '2',
        attributes: [],
        droppedAttributesCount: 0,
        schemaUrl: 'https://example.com/scope',
      },
      service: 'cart',
    };
    const query = { traceId: traceId(1), limit: 10 };
    assert.deepEqual(engine.logs.page(query), { logs: [expected], total: 1, end: undefined });
    assert.deepEqual(await acknowledged, { accepted: 1, rejected: [], duplicates: 0 });
    for (const withSnapshot of [true, false]) {
      await engine.close();
      if (!withSnapshot) rmSync(join(folder, 'index.sqlite'));
      engine = await openTestEngine(folder);
      assert.deepEqual(engine.logs.page(query), { logs: [expected], total: 1, end: undefined });
      assert.equal(engine.counts().logs, 1);
      assert.deepEqual(engine.notices(), []);
    }
  });

  it('make no trace, and are those of the trace once its spans come', async () => {
    const engine = await openTestEngine(newDataFolder());
    await engine.ingestLogs(
      logsRequest('cart', { span: 1 }, { span: 2, body: 'other' }, { span: 0, body: 'whole' }),
    );
    assert.deepEqual(engine.listTraces(10), []);
    assert.equal(engine.traceSummary(traceId(1)), undefined);
    await engine.ingest(request('cart', { id: 1 }, { id: 2, parent: 1 }));
    assert.equal(engine.traceSummary(traceId(1))?.spanCount, 2);
    assert.equal(engine.logs.countOfSpan(traceId(1), spanId(1)), 1);
    assert.equal(engine.logs.countOfSpan(traceId(1), spanId(3)), 0);
    assert.equal(engine.logs.countOfSpan(traceId(2), spanId(1)), 0);
    assert.deepEqual(bodies(engine, { traceId: traceId(1), spanId: spanId(2) }), text('other'));
    assert.equal(engine.logs.page({ traceId: traceId(1), limit: 10 }).total, 3);
  });

  it('of a trace or span come oldest first, all of them newest first, by their time or that of their observation', async () => {
    const engine = await openTestEngine(newDataFolder());
    await engine.ingestLogs(
      logsRequest(
        'cart',
        { time: 3000, body: 'c' },
        { time: 1, body: 'a' },
        { time: null, body: 'observed at 999' },
        { time: 2000, body: 'b', span: 2 },
        { time: 1001, body: 'of no trace', trace: 0 },
        { time: 1002, body: 'of another', trace: 2 },
      ),
    );
    assert.deepEqual(bodies(engine, { traceId: traceId(1) }), text('a', 'observed at 999', 'b', 'c'));
    assert.deepEqual(
      bodies(engine, { traceId: traceId(1), spanId: spanId(1) }),
      text('a', 'observed at 999', 'c'),
    );
    assert.deepEqual(bodies(engine), text('c', 'b', 'of another', 'of no trace', 'observed at 999', 'a'));
  });

  it('of one time come in the order in which they arrived', async () => {
    const engine = await openTestEngine(newDataFolder());
    const names = Array.from({ length: 20 }, (_, i) => `${i}`);
    for (const some of [names.slice(0, 9), names.slice(9)])
      await engine.ingestLogs(logsRequest('cart', ...some.map((body, i) => ({ body, span: (i % 2) + 1 }))));
    assert.deepEqual(bodies(engine, { traceId: traceId(1) }), text(...names));
    assert.deepEqual(bodies(engine), text(...names.toReversed()));
  });

  it('come page by page, none twice and none left out, also where many have one time', async () => {
    const engine = await openTestEngine(newDataFolder());
    const records = Array.from({ length: 25 }, (_, i) => ({
      body: String(i),
      time: Math.floor(i / 10) * 1000,
      span: (i % 2) + 1,
      trace: i % 5 === 0 ? 0 : 1,
    }));
    await engine.ingestLogs(logsRequest('cart', ...records));
    for (const query of [{}, { traceId: traceId(1) }, { traceId: traceId(1), spanId: spanId(1) }]) {
      const whole = engine.logs.page({ ...query, limit: 1000 });
      const paged: unknown[] = [];
      let behind: LogTime | undefined;
      do {
        const { logs, total, end } = engine.logs.page({ ...query, limit: 4, behind });
        assert.equal(total, whole.total);
        paged.push(...logs);
        behind = end;
      } while (behind);
      assert.deepEqual(paged, whole.logs);
      assert.equal(paged.length, whole.total);
    }
  });

  it('can be asked for from a severity on', async () => {
    const engine = await openTestEngine(newDataFolder());
    const records = [1, 5, 9, 13, 17, 21].flatMap(severity => [
      { severity, body: `${severity}`, time: severity, span: 1 },
      { severity, body: `${severity} of span 2`, time: severity, span: 2 },
    ]);
    await engine.ingestLogs(logsRequest('cart', ...records));
    const of = { traceId: traceId(1) };
    for (const [query, total] of [
      [{}, 4],
      [of, 4],
      [{ ...of, spanId: spanId(1) }, 2],
    ] as const) {
      const page = engine.logs.page({ ...query, minSeverity: 17, limit: 100 });
      assert.equal(page.total, total);
      assert.deepEqual([...new Set(page.logs.map(log => log.severityNumber))].sort(), [17, 21]);
      assert.equal(page.logs.length, total);
    }
  });

  it('sent again are there once: at the same time, later, after a restart, in another batch', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    const bytes = logsRequest('cart', { body: 'a' }, { body: 'b', time: 1 }, { body: 'c', trace: 0 });
    const [first, second] = await Promise.all([engine.ingestLogs(bytes), engine.ingestLogs(bytes)]);
    assert.deepEqual(first, { accepted: 3, rejected: [], duplicates: 0 });
    assert.deepEqual(second, { accepted: 3, rejected: [], duplicates: 3 });
    const { journalBytes } = engine.counts();
    await engine.ingestLogs(bytes);
    assert.equal(engine.counts().journalBytes, journalBytes, 'a retry costs no disk');
    for (const withSnapshot of [true, false]) {
      await engine.close();
      if (!withSnapshot) rmSync(join(folder, 'index.sqlite'));
      engine = await openTestEngine(folder);
      assert.equal((await engine.ingestLogs(bytes)).duplicates, 3);
    }
    const mixed = logsRequest('cart', { body: 'b', time: 1 }, { body: 'd', time: 2 });
    assert.equal((await engine.ingestLogs(mixed)).duplicates, 1);
    assert.deepEqual(bodies(engine, { traceId: traceId(1) }), text('a', 'b', 'd'));
    await engine.close();
    rmSync(join(folder, 'index.sqlite'));
    engine = await openTestEngine(folder);
    assert.equal(engine.counts().logs, 4);
  });

  it('that are alike are as many as one request has, however often it is sent', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    const bytes = logsRequest('cart', {}, { body: 'other' }, {}, {});
    for (let time = 0; time < 3; time++) {
      assert.equal((await engine.ingestLogs(bytes)).duplicates, time === 0 ? 0 : 4);
      assert.deepEqual(engine.counts().logs, 4);
      await engine.close();
      if (time === 1) rmSync(join(folder, 'index.sqlite'));
      engine = await openTestEngine(folder);
    }
    assert.equal(bodies(engine, { traceId: traceId(1) }).length, 4);
  });

  it('that are alike but for trace, span or program are several', async () => {
    const engine = await openTestEngine(newDataFolder());
    await engine.ingestLogs(logsRequest('cart', {}, { span: 2 }, { trace: 2 }, { trace: 0 }));
    await engine.ingestLogs(logsRequest('checkout', {}, { trace: 0 }));
    assert.equal(engine.counts().logs, 6);
    const services = engine.logs.page({ traceId: traceId(1), spanId: spanId(1), limit: 10 }).logs;
    assert.deepEqual(services.map(({ service }) => service).sort(), ['cart', 'checkout']);
  });

  it('refused as a whole leave nothing behind; the good ones beside a bad one are kept', async () => {
    const engine = await openTestEngine(newDataFolder());
    const bytes = logsRequest('cart', {}, { body: 'second', time: 1 });
    await assert.rejects(engine.ingestLogs(bytes.subarray(0, -3)), MalformedProtobufError);
    assert.deepEqual([engine.counts().logs, engine.counts().receivedLogRecords], [0, 0]);
    const second = Buffer.from(bytes).lastIndexOf('second');
    // The length of the text, now longer than the record.
    bytes[second - 1] = 0x7f;
    const { accepted, rejected } = await engine.ingestLogs(bytes);
    assert.deepEqual([accepted, rejected], [1, [{ reason: 'malformed-log-record', count: 1 }]]);
    const { logs, receivedLogRecords, rejectedLogRecords } = engine.counts();
    assert.deepEqual([logs, receivedLogRecords, rejectedLogRecords], [1, 2, 1]);
  });

  it('are gone for good once all is cleared', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    await engine.ingestLogs(logsRequest('cart', {}, { trace: 0 }));
    await engine.clear();
    assert.deepEqual([engine.counts().logs, bodies(engine)], [0, []]);
    await engine.ingestLogs(logsRequest('cart', { body: 'after' }));
    await engine.close();
    engine = await openTestEngine(folder);
    assert.deepEqual(bodies(engine), text('after'));
  });

  it('tell of themselves as they come', async () => {
    const engine = await openTestEngine(newDataFolder());
    const changes: object[] = [];
    engine.onChange(change => changes.push(change));
    await engine.ingestLogs(logsRequest('cart', {}));
    await engine.ingestLogs(logsRequest('cart', {}));
    assert.deepEqual(changes, [{ traces: [], removed: [], cleared: false, logs: true }]);
  });
});
