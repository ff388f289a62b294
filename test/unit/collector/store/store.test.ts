import assert from 'node:assert/strict';
import { spanIdFromHalves } from '../../../../src/core/model/ids';
import type { Location } from '../../../../src/collector/journal/location';
import type { SqlModule } from '../../../../src/collector/store/sqlModule';
import { Store } from '../../../../src/collector/store/store';
import { traceSummary } from '../../../../src/collector/store/traceSummary';
import { createSpanBatch, shallowDecode } from '../../../../src/otlp/shallowDecode';
import { request, spanId, traceId, type SpanFields } from '../ingest/support/requests';
import { column, testSqlModule } from './support/readSnapshot';
import { MemoryDatabase } from '../../../../src/collector/store/memoryDatabase';

describe('Store', () => {
  let module: SqlModule;
  let store: Store;
  const batch = createSpanBatch(16);

  before(async () => {
    module = await testSqlModule();
  });
  beforeEach(() => {
    store = Store.create(module);
  });
  afterEach(() => store.close());

  function insert(
    service: string,
    spans: readonly SpanFields[],
    at: Partial<Location> = {},
    readStored: (at: Location) => Uint8Array | undefined = () => undefined,
  ) {
    const bytes = request(service, ...spans);
    shallowDecode(bytes, batch);
    return store.insert(batch, { segment: 1, offset: 49, length: bytes.length, ...at }, readStored);
  }

  const summary = (trace: number) => {
    const row = store.tables.traces.find(traceId(trace));
    return row && traceSummary(row, store.tables);
  };

  it('keeps nothing of a batch that fails half way, in the tables or in memory', () => {
    insert('cart', [{ trace: 1, id: 1, name: 'kept' }]);
    const before = [summary(1), store.tables.spanCount, store.tables.traceCount];
    const failing = () =>
      // The second span is there already; asking for its bytes fails.
      insert(
        'orders',
        [
          { trace: 2, name: 'new' },
          { trace: 1, id: 1, name: 'kept' },
          { trace: 1, id: 2, error: true },
        ],
        { segment: 2 },
        () => {
          throw new Error('cannot read');
        },
      );
    assert.throws(failing, /cannot read/);
    assert.deepEqual([summary(1), store.tables.spanCount, store.tables.traceCount], before);
    assert.equal(summary(2), undefined);
    const result = insert(
      'orders',
      [
        { trace: 2, name: 'new' },
        { trace: 1, id: 2, error: true },
      ],
      { segment: 2 },
    );
    assert.equal(result.inserted, 2);
    assert.deepEqual(
      [summary(1)?.spanCount, summary(1)?.errorCount, summary(1)?.services],
      [2, 1, ['cart', 'orders']],
    );
    assert.equal(summary(2)?.rootName, 'new');
  });

  it('tells a span sent again from another span with its id', () => {
    const spans = [{ id: 1, name: 'same' }];
    insert('cart', spans);
    const stored = request('cart', ...spans).subarray(batch.offset[0], batch.offset[0]! + batch.length[0]!);
    const again = insert('cart', spans, { segment: 2 }, at => {
      assert.deepEqual([at.segment, at.offset, at.length], [1, 49 + batch.offset[0]!, batch.length[0]]);
      return stored;
    });
    assert.deepEqual([again.inserted, again.duplicates, again.conflicts, again.traces], [0, 1, 0, []]);
    const other = insert('cart', [{ id: 1, name: 'sane' }], { segment: 2 }, () => stored);
    assert.deepEqual([other.duplicates, other.conflicts], [0, 1]);
  });

  it('keeps equal resources, scopes and names once', () => {
    for (let i = 0; i < 5; i++) insert('cart', [{ trace: i + 1, name: 'GET /cart' }], { segment: i + 1 });
    insert('orders', [{ trace: 9, name: 'GET /cart' }], { segment: 6 });
    const db = new MemoryDatabase(module, store.export({ segment: 6, id: '00', offset: 40 }));
    try {
      assert.deepEqual(column(db, 'SELECT count(*) FROM resources'), ['2']);
      assert.deepEqual(column(db, 'SELECT count(*) FROM scopes'), ['2']);
      assert.deepEqual(column(db, 'SELECT text FROM services ORDER BY id'), ['cart', 'orders']);
      assert.deepEqual(column(db, 'SELECT text FROM names'), ['GET /cart']);
    } finally {
      db.close();
    }
  });

  it('works on a request in stretches without losing or doubling what lies across them', () => {
    const spans = Array.from({ length: 20_000 }, (_, i): SpanFields => ({ trace: (i % 7) + 1, id: i + 1 }));
    const result = insert('cart', spans);
    assert.equal(result.inserted, 20_000);
    assert.equal(result.traces.length, 7);
    assert.deepEqual([store.tables.traceCount, store.tables.spanCount], [7, 20_000]);
    const counts = [1, 2, 3, 4, 5, 6, 7].map(
      trace => store.spanTable(store.tables.traces.find(traceId(trace))!).count,
    );
    assert.deepEqual(
      counts,
      [1, 2, 3, 4, 5, 6, 7].map(trace => summary(trace)?.spanCount),
    );
  });

  it('finds what a request has twice, and what an earlier one had, in a trace of many fragments', () => {
    const spans = Array.from({ length: 1000 }, (_, i): SpanFields => ({ trace: (i % 2) + 1, id: i + 1 }));
    const twice = insert('cart', [...spans, ...spans]);
    assert.deepEqual([twice.inserted, twice.duplicates, twice.conflicts], [1000, 1000, 0]);
    const stored = request('cart', ...spans, ...spans);
    const more = Array.from({ length: 10 }, (_, i): SpanFields => ({ trace: 1, id: 2001 + i }));
    const again = insert('cart', [...more, ...spans, ...more], { segment: 2 }, at => {
      assert.equal(at.segment, 1);
      return stored.subarray(at.offset - 49, at.offset - 49 + at.length);
    });
    assert.deepEqual([again.inserted, again.duplicates, again.conflicts], [10, 1010, 0]);
    for (const trace of [1, 2]) {
      const table = store.spanTable(store.tables.traces.find(traceId(trace))!);
      const kept = [...spans, ...more].filter(span => span.trace === trace).map(span => spanId(span.id!));
      assert.deepEqual(
        Array.from(table.spanIdHigh, (high, i) => spanIdFromHalves(high, table.spanIdLow[i]!)),
        kept,
        'once each, in order of arrival',
      );
    }
  });

  it('finds a span by its id alone, and nothing where two ids only look like it between them', () => {
    const place = (high: number, low: number) => store.tracesWithSpan(high, low, 10);
    insert('cart', [
      { trace: 1, id: 11111111 },
      { trace: 1, id: 22222222 },
      { trace: 2, id: 11111111 },
    ]);
    assert.deepEqual(place(0, 0x1111_1111), [traceId(2), traceId(1)]);
    assert.deepEqual(place(0, 0x2222_2222), [traceId(1)]);
    // The end of the first id and the start of the second.
    assert.deepEqual(place(0x1111_1111, 0), []);
  });

  it('knows the spans of more traces than it keeps in memory', () => {
    const spans = Array.from({ length: 10_000 }, (_, i): SpanFields => ({ trace: i + 1, id: 1 }));
    const later = spans.map(span => ({ ...span, id: 2 }));
    insert('cart', spans);
    insert('cart', later, { segment: 2 });
    const again = insert('cart', [...spans, ...later], { segment: 3 });
    assert.deepEqual([again.inserted, again.duplicates + again.conflicts], [0, 20_000]);
  });

  it('takes out spans whose segments are gone, and takes them in again', () => {
    const spans = Array.from({ length: 600 }, (_, i): SpanFields => ({ trace: 1, id: i + 1 }));
    insert('cart', spans.slice(0, 300));
    insert('cart', spans.slice(300), { segment: 2 });
    assert.deepEqual(store.remover.discardBelow(2), []);
    assert.deepEqual([store.tables.spanCount, summary(1)?.spanCount], [300, 300]);
    assert.equal(insert('cart', spans, { segment: 3 }).inserted, 300);
    assert.deepEqual(store.remover.discardBelow(4), [traceId(1)]);
    assert.deepEqual([store.tables.spanCount, store.tables.traceCount], [0, 0]);
    assert.equal(insert('cart', spans, { segment: 4 }).inserted, 600);
  });

  it('remembers more traces than it keeps in memory', () => {
    const spans = Array.from({ length: 12_000 }, (_, i): SpanFields => ({ trace: i + 1, id: 1 }));
    insert('cart', spans);
    insert(
      'orders',
      [
        { trace: 1, id: 2, parent: 1 },
        { trace: 12_000, id: 2, parent: 1 },
      ],
      { segment: 2 },
    );
    for (const trace of [1, 12_000])
      assert.deepEqual([summary(trace)?.spanCount, summary(trace)?.services], [2, ['cart', 'orders']]);
    assert.equal(store.tables.traceCount, 12_000);
  });

  it('is empty after a clear, and goes on', () => {
    insert('cart', [{ trace: 1 }]);
    store.clear();
    assert.equal(summary(1), undefined);
    assert.deepEqual([store.tables.traceCount, store.tables.spanCount], [0, 0]);
    insert('cart', [{ trace: 2 }]);
    assert.equal(summary(2)?.rootService, 'cart');
  });
});
