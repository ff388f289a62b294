import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Engine } from '../../../../src/collector/engine';
import { percentile } from '../../../../src/core/analysis/percentile';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { span, spanId, traceId, traces, type SpanFields } from '../ingest/support/requests';

function ingest(engine: Engine, service: string, ...spans: readonly (SpanFields & { query?: string })[]) {
  const full = spans.map(({ query, ...fields }) => ({
    ...span(fields),
    attributes: query === undefined ? [] : [{ key: 'db.query.text', value: query }],
  }));
  return engine.ingest(encodeTraces(traces(service, ...full)));
}

const like = (engine: Engine, trace: number, id: number, signal?: AbortSignal) =>
  engine.durationsLike(traceId(trace), spanId(id), signal);

describe('durationsLike', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openTestEngine(newDataFolder(), { segmentBytes: 4000 });
  });
  afterEach(removeDataFolders);

  it('counts the spans of the same name and service in all traces, and their errors', async () => {
    for (let n = 1; n <= 20; n++)
      await ingest(engine, 'cart', { trace: n, id: n, duration: n * 100, error: n % 10 === 0 });
    await ingest(engine, 'mail', { trace: 30, id: 30, duration: 5 });
    await ingest(engine, 'cart', { trace: 31, id: 31, duration: 5, name: 'another' });
    assert.deepEqual(await like(engine, 3, 3), {
      by: 'operation',
      count: 20,
      errors: 2,
      p50Nano: 1000,
      p95Nano: 1900,
      maxNano: 2000,
      complete: true,
    });
  });

  it('tells statements apart, but not by their values', async () => {
    const select = (id: number) => `SELECT * FROM carts WHERE id = ${id}`;
    for (let n = 1; n <= 5; n++)
      await ingest(engine, 'cart', { trace: n, id: n, duration: n, query: select(n) });
    await ingest(engine, 'cart', { trace: 6, id: 6, duration: 900, query: 'SELECT * FROM orders' });
    await ingest(engine, 'cart', { trace: 7, id: 7, duration: 900 });
    const { by, count, maxNano } = (await like(engine, 2, 2)) ?? {};
    assert.deepEqual([by, count, maxNano], ['statement', 5, 5]);
  });

  it('leaves out those that end before they start, and those of deleted traces', async () => {
    await ingest(engine, 'cart', { trace: 1, id: 1, duration: 10 });
    await ingest(engine, 'cart', { trace: 2, id: 2, duration: -10 });
    await ingest(engine, 'cart', { trace: 3, id: 3, duration: 30 });
    await engine.delete([traceId(3)]);
    assert.deepEqual((await like(engine, 1, 1))?.count, 1);
  });

  it('says that there is no such span', async () => {
    assert.equal(await like(engine, 1, 1), undefined);
    await ingest(engine, 'cart', { trace: 1, id: 1 });
    assert.equal(await like(engine, 1, 2), undefined);
  });

  it('stops where nobody waits any more', async () => {
    await ingest(engine, 'cart', { trace: 1, id: 1 });
    await assert.rejects(like(engine, 1, 1, AbortSignal.abort()), { name: 'AbortError' });
  });
});

describe('a percentile', () => {
  it('is the nearest rank: as many values as its share do not exceed it', () => {
    const sorted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    assert.deepEqual(
      [0, 0.05, 0.1, 0.5, 0.51, 0.95, 1].map(share => percentile(sorted, share)),
      [1, 1, 1, 5, 6, 10, 10],
    );
    assert.equal(percentile([], 0.5), 0);
  });

  it('is one of the values, and no less than its share of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const sorted = values.sort((a, b) => a - b);
          const found = percentile(sorted, share);
          assert.ok(sorted.includes(found));
          assert.ok(sorted.filter(value => value <= found).length >= share * sorted.length);
        },
      ),
    );
  });
});
