import assert from 'node:assert/strict';
import { MalformedProtobufError } from '../../../../src/otlp/malformedProtobufError';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { newDataFolder, openTestEngine, removeDataFolders } from './support/dataFolders';
import { request, span, spanId, testStart, traceId, traces } from './support/requests';

describe('Engine', () => {
  afterEach(removeDataFolders);

  it('answers a span in the same turn in which it came, and keeps it over a restart', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder);
    const acknowledged = engine.ingest(request('cart', { name: 'GET /cart', duration: 1_500_001 }));
    const expected = {
      traceId: traceId(1),
      rootName: 'GET /cart',
      rootService: 'cart',
      hasRoot: true,
      rootError: false,
      rootCategory: engine.traceSummary(traceId(1))?.rootCategory,
      startTimeUnixNano: String(testStart),
      durationNano: '1500001',
      spanCount: 1,
      errorCount: 0,
      services: ['cart'],
      pinned: false,
    };
    assert.deepEqual(engine.listTraces(10), [expected]);
    assert.equal(engine.readSpans(traceId(1), [spanId(1)])[0]?.name, 'GET /cart', 'before it is on disk');
    assert.deepEqual(await acknowledged, { accepted: 1, rejected: [], duplicates: 0 });
    await engine.close();
    const again = await openTestEngine(folder);
    assert.deepEqual(again.listTraces(10), [expected]);
    assert.deepEqual(again.notices(), []);
  });

  it('gives a span back as it was sent, to the nanosecond', async () => {
    const engine = await openTestEngine(newDataFolder());
    await engine.ingest(request('cart', { id: 7, parent: 3, start: 5, error: true }));
    const [detail] = engine.readSpans(traceId(1), [spanId(7)]);
    assert.deepEqual(detail, {
      traceId: traceId(1),
      spanId: spanId(7),
      parentSpanId: spanId(3),
      traceState: '',
      flags: 0x101,
      name: 'GET /cart',
      kind: 2,
      startTimeUnixNano: String(testStart + 5n),
      endTimeUnixNano: String(testStart + 1005n),
      attributes: [{ key: 'n', value: { intValue: '7' } }],
      droppedAttributesCount: 0,
      events: [],
      droppedEventsCount: 0,
      links: [],
      droppedLinksCount: 0,
      status: { code: 2, message: '' },
      resource: {
        attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }],
        droppedAttributesCount: 0,
        schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
      },
      scope: {
        name: 'scope of cart',
        version: '1',
        attributes: [],
        droppedAttributesCount: 0,
        schemaUrl: '',
      },
      service: 'cart',
    });
  });

  it('answers spans in the order asked for, with holes where there are none', async () => {
    const engine = await openTestEngine(newDataFolder());
    await engine.ingest(request('cart', { id: 1 }, { id: 2, parent: 1 }));
    const ids = engine
      .readSpans(traceId(1), [spanId(2), spanId(9), spanId(1), 'no id'])
      .map(found => found?.spanId);
    assert.deepEqual(ids, [spanId(2), undefined, spanId(1), undefined]);
    assert.deepEqual(engine.readSpans(traceId(9), [spanId(1)]), [undefined]);
  });

  it('takes a span that is sent twice once, in one request, in two at once, and after a restart', async () => {
    const folder = newDataFolder();
    const bytes = request('cart', { id: 1 }, { id: 2, parent: 1 }, { id: 2, parent: 1 });
    const before = Date.now();
    let engine = await openTestEngine(folder);
    const [first, second] = await Promise.all([engine.ingest(bytes), engine.ingest(bytes)]);
    assert.deepEqual(first, { accepted: 3, rejected: [], duplicates: 1 });
    assert.deepEqual(second, { accepted: 3, rejected: [], duplicates: 3 });
    const { journalBytes } = engine.counts();
    await engine.ingest(bytes);
    assert.equal(engine.counts().journalBytes, journalBytes, 'a retry costs no disk');
    await engine.close();
    engine = await openTestEngine(folder);
    assert.equal((await engine.ingest(bytes)).duplicates, 3);
    assert.equal(engine.traceSummary(traceId(1))?.spanCount, 2);
    const { oldestArrivalMs = 0, ...counts } = engine.counts();
    assert.ok(oldestArrivalMs >= before && oldestArrivalMs <= Date.now());
    assert.deepEqual(counts, {
      traces: 1,
      spans: 2,
      logs: 0,
      journalBytes,
      receivedSpans: 3,
      rejectedSpans: 0,
      duplicateSpans: 3,
      receivedLogRecords: 0,
      rejectedLogRecords: 0,
      droppedByRetention: 0,
      unwrittenBytes: 0,
      droppedLogsByRetention: 0,
      pinnedTraces: 0,
    });
  });

  it('keeps the first of two spans with one id, and says so in the log', async () => {
    const lines: string[] = [];
    const engine = await openTestEngine(newDataFolder(), { log: (_, line) => lines.push(line) });
    await engine.ingest(request('cart', { name: 'first' }));
    await engine.ingest(request('cart', { name: 'later' }));
    assert.equal(engine.readSpans(traceId(1), [spanId(1)])[0]?.name, 'first');
    assert.equal(engine.counts().duplicateSpans, 1);
    assert.deepEqual(lines, ['1 span has the id of another span of the trace; the first one is kept']);
  });

  it('joins late spans to their trace, whichever order parents and children come in', async () => {
    const engine = await openTestEngine(newDataFolder());
    await engine.ingest(request('cart', { id: 3, parent: 2, start: 500, name: 'SELECT' }));
    let summary = engine.traceSummary(traceId(1));
    assert.deepEqual([summary?.hasRoot, summary?.rootName, summary?.rootService], [false, 'SELECT', 'cart']);
    await engine.ingest(
      request('orders', { id: 2, parent: 1, start: 200, name: 'POST /orders', duration: 5000 }),
    );
    summary = engine.traceSummary(traceId(1));
    assert.deepEqual(
      [summary?.hasRoot, summary?.rootName, summary?.rootService],
      [false, 'POST /orders', 'orders'],
    );
    await engine.ingest(request('gateway', { id: 1, start: 300, name: 'POST /checkout', error: true }));
    summary = engine.traceSummary(traceId(1));
    assert.deepEqual(summary?.services, ['cart', 'gateway', 'orders']);
    assert.deepEqual([summary.hasRoot, summary.rootName, summary.rootError], [true, 'POST /checkout', true]);
    assert.equal(
      summary.startTimeUnixNano,
      String(testStart + 200n),
      'the trace begins with its earliest span',
    );
    assert.equal(summary.durationNano, '5000');
    assert.deepEqual([summary.spanCount, summary.errorCount], [3, 1]);
  });

  it('takes the earliest start that is not 0 and the latest end; a trace never lasts less than nothing', async () => {
    const engine = await openTestEngine(newDataFolder());
    await engine.ingest(request('cart', { trace: 1, id: 1, start: 100, duration: -50 }));
    await engine.ingest(request('cart', { trace: 2, id: 1, start: null, duration: 77 }));
    await engine.ingest(
      request('cart', { trace: 3, id: 1, start: null }, { trace: 3, id: 2, start: 10, duration: 5 }),
    );
    const [backwards, unknown, mixed] = [1, 2, 3].map(n => engine.traceSummary(traceId(n)));
    assert.equal(backwards?.durationNano, '0');
    assert.deepEqual([unknown?.startTimeUnixNano, unknown?.durationNano], ['0', '0']);
    assert.deepEqual([mixed?.startTimeUnixNano, mixed?.durationNano], [String(testStart + 10n), '5']);
    const table = engine.spanTable(traceId(3));
    assert.equal(table?.base, testStart + 10n);
    assert.deepEqual([...table.start], [-Number(table.base), 0]);
  });

  it('keeps the good spans of a request and counts the others', async () => {
    const engine = await openTestEngine(newDataFolder());
    const bytes = encodeTraces(traces('cart', span({ id: 1 }), span({ id: 2 })));
    // The id of the second span becomes zeros.
    const at = Buffer.from(bytes).lastIndexOf(Buffer.from(spanId(2), 'hex'));
    bytes.fill(0, at, at + 8);
    const result = await engine.ingest(bytes);
    assert.deepEqual(result, {
      accepted: 1,
      rejected: [{ reason: 'invalid-span-id', count: 1 }],
      duplicates: 0,
    });
    assert.deepEqual([engine.counts().receivedSpans, engine.counts().rejectedSpans], [2, 1]);
    assert.equal(engine.readSpans(traceId(1), [spanId(1)])[0]?.spanId, spanId(1));
  });

  it('refuses bytes that are no request, and keeps nothing of them', async () => {
    const engine = await openTestEngine(newDataFolder());
    await assert.rejects(engine.ingest(Buffer.from('not protobuf')), MalformedProtobufError);
    await assert.rejects(engine.ingest(request('cart', {}).subarray(0, 40)), MalformedProtobufError);
    assert.deepEqual([engine.counts().spans, engine.counts().journalBytes], [0, 0]);
    assert.deepEqual(await engine.ingest(new Uint8Array(0)), { accepted: 0, rejected: [], duplicates: 0 });
  });

  it('takes a span of many megabytes, a name of a megabyte and a name with a zero character', async () => {
    const engine = await openTestEngine(newDataFolder());
    const long = 'ü'.repeat(1_000_000);
    await engine.ingest(request('cart', { id: 1, padding: 40_000_000 }));
    await engine.ingest(
      request('cart', { id: 2, parent: 1, name: long }, { id: 3, parent: 1, name: 'a\0b' }),
    );
    const [padded, named, zero] = engine.readSpans(traceId(1), [spanId(1), spanId(2), spanId(3)]);
    assert.deepEqual(padded?.attributes[1]?.value, { stringValue: 'x'.repeat(40_000_000) });
    assert.equal(named?.name, long);
    assert.equal(zero?.name, 'a\0b');
    const strings = engine.spanTable(traceId(1))?.strings ?? [];
    assert.ok(strings.includes('a\0b'));
    assert.ok(strings.includes(`${'ü'.repeat(4095)}…`), 'cut where lists and trees show it');
  });

  it('keeps a resource of many megabytes in the journal, not in the index', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder);
    const [group] = traces('cart', span({ id: 1 }), span({ id: 2, parent: 1 }));
    const attributes = [
      ...group!.resource.attributes,
      { key: 'process.environment', value: 'x'.repeat(3_000_000) },
    ];
    await engine.ingest(encodeTraces([{ ...group!, resource: { attributes, droppedAttributesCount: 0 } }]));
    await engine.close();
    const again = await openTestEngine(folder);
    for (const detail of again.readSpans(traceId(1), [spanId(1), spanId(2)])) {
      assert.deepEqual(detail?.resource.attributes[1]?.value, { stringValue: 'x'.repeat(3_000_000) });
      assert.equal(detail.service, 'cart');
    }
  });

  it('lists newest first, page by page', async () => {
    const engine = await openTestEngine(newDataFolder());
    // Traces 2 and 3 start at the same moment.
    for (const [trace, start] of [
      [1, 10],
      [2, 30],
      [3, 30],
      [4, 20],
      [5, 40],
    ] as const) {
      await engine.ingest(request('cart', { trace, start }));
    }
    const ids = (page: { traceId: string }[]) => page.map(summary => Number(summary.traceId));
    const whole = ids(engine.listTraces(10));
    assert.deepEqual(whole, [5, 3, 2, 4, 1]);
    const pages: number[] = [];
    for (let before: string | undefined; ;) {
      const page = engine.listTraces(2, before);
      if (page.length === 0) break;
      pages.push(...ids(page));
      before = page.at(-1)?.traceId;
    }
    assert.deepEqual(pages, whole);
    assert.deepEqual(engine.listTraces(2, traceId(99)), []);
  });

  it('finds traces by the start of their id, of odd length too, and by a span id', async () => {
    const engine = await openTestEngine(newDataFolder());
    for (const trace of [1, 12, 123, 2]) await engine.ingest(request('cart', { trace, id: trace + 100 }));
    const zeros = traceId(1).slice(0, 28);
    assert.deepEqual(engine.findByPrefix(zeros, 10), [1, 2, 12, 123].map(traceId));
    assert.deepEqual(engine.findByPrefix(`${zeros}00`, 10), [1, 2, 12].map(traceId));
    assert.deepEqual(engine.findByPrefix(`${zeros}001`, 10), [traceId(12)]);
    assert.deepEqual(engine.findByPrefix(traceId(123), 10), [traceId(123)]);
    assert.deepEqual(engine.findByPrefix(zeros, 2), [1, 2].map(traceId));
    assert.deepEqual(engine.findByPrefix('f', 10), []);
    assert.deepEqual(engine.findByPrefix("' OR 1", 10), []);
    assert.deepEqual(engine.findByPrefix('', 10), []);
    assert.deepEqual(engine.findBySpanId(spanId(112), 10), [traceId(12)]);
    assert.deepEqual(engine.findBySpanId(spanId(7), 10), []);
    assert.deepEqual(engine.findBySpanId('none', 10), []);
  });

  it('finds every trace that uses one span id, in halves above 2^31 too', async () => {
    const engine = await openTestEngine(newDataFolder());
    for (const trace of [1, 2, 3]) {
      const one = { ...span({ trace }), spanId: 'fedcba9876543210' as ReturnType<typeof spanId> };
      await engine.ingest(encodeTraces(traces('cart', one)));
    }
    assert.deepEqual(engine.findBySpanId('FEDCBA9876543210', 10), [3, 2, 1].map(traceId));
    assert.equal(engine.findBySpanId('fedcba9876543210', 2).length, 2);
    const table = engine.spanTable(traceId(1));
    assert.deepEqual([table?.spanIdHigh[0], table?.spanIdLow[0]], [0xfedcba98, 0x76543210]);
    assert.equal(engine.readSpans(traceId(1), ['fedcba9876543210'])[0]?.spanId, 'fedcba9876543210');
  });

  it('tells of traces that grew, in the same turn', async () => {
    const engine = await openTestEngine(newDataFolder());
    const told: string[][] = [];
    const stop = engine.onChange(change => told.push([...change.traces]));
    const first = engine.ingest(request('cart', { trace: 1 }, { trace: 2 }));
    assert.deepEqual(told, [[traceId(1), traceId(2)]]);
    await first;
    await engine.ingest(request('cart', { trace: 2 }));
    assert.equal(told.length, 1, 'nothing has changed');
    stop();
    await engine.ingest(request('cart', { trace: 3 }));
    assert.equal(told.length, 1);
  });

  it('forgets everything when it is cleared, on disk too, and goes on', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder);
    await engine.ingest(request('cart', { trace: 1 }, { trace: 2 }));
    await engine.close();
    engine = await openTestEngine(folder);
    const told: boolean[] = [];
    engine.onChange(change => told.push(change.cleared));
    const inFlight = engine.ingest(request('cart', { trace: 3 }));
    const clearing = engine.clear();
    const after = engine.ingest(request('cart', { trace: 4 }));
    assert.deepEqual(await clearing, { spans: 3, traces: 3 });
    await Promise.all([inFlight, after]);
    assert.deepEqual(told, [false, true, false]);
    assert.deepEqual(
      engine.listTraces(10).map(summary => summary.traceId),
      [traceId(4)],
    );
    await engine.close();
    engine = await openTestEngine(folder);
    assert.deepEqual(
      engine.listTraces(10).map(summary => summary.traceId),
      [traceId(4)],
    );
    assert.equal(engine.readSpans(traceId(4), [spanId(1)])[0]?.traceId, traceId(4));
  });
});
