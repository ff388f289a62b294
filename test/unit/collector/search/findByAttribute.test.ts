import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import type { Engine } from '../../../../src/collector/engine';
import type { AttributeQuery } from '../../../../src/collector/search/attributeQuery';
import type { Attributes } from '../../../../src/core/model/attributes';
import type { ResourceSpans } from '../../../../src/core/model/span';
import type { ScalarValue } from '../../../../src/otlp/encodeAttribute';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { span, traces, type SpanFields } from '../ingest/support/requests';

interface Described {
  resource?: Attributes;
  scope?: Attributes;
  spans: readonly (SpanFields & { attributes?: Attributes })[];
}

function described({ resource = [], scope = [], spans }: Described): ResourceSpans[] {
  const full = spans.map(({ attributes = [], ...fields }) => ({ ...span(fields), attributes }));
  return traces('shop', ...full).map(each => ({
    ...each,
    resource: { ...each.resource, attributes: [...each.resource.attributes, ...resource] },
    scopeSpans: each.scopeSpans.map(scoped => ({
      ...scoped,
      scope: { ...scoped.scope, attributes: [...scope] },
    })),
  }));
}

function ingest(engine: Engine, ...requests: readonly Described[]): Promise<unknown> {
  return Promise.all(requests.map(each => engine.ingest(encodeTraces(described(each)))));
}

/** `<trace>/<span>` in the numbers of the test's requests. */
async function find(
  engine: Engine,
  query: AttributeQuery,
  options: { limit?: number; onePerTrace?: boolean; signal?: AbortSignal } = {},
): Promise<string[]> {
  const found = await engine.findByAttribute(query, { limit: 1000, ...options });
  return found.map(({ traceId, spanId }) => `${Number(traceId)}/${Number(spanId)}`);
}

function one(key: string, value: ScalarValue): AttributeQuery {
  return { keys: [key], values: [value] };
}

describe('findByAttribute', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openTestEngine(newDataFolder(), { segmentBytes: 2000 });
  });
  afterEach(removeDataFolders);

  it('tells the types of a value apart', async () => {
    const values: ScalarValue[] = ['1', 1n, 1, true, '', -5n, 0.1, false, 2n ** 62n];
    await ingest(
      engine,
      ...values.map((value, i) => ({ spans: [{ id: i + 1, attributes: [{ key: 'v', value }] }] })),
    );
    for (const [i, value] of values.entries())
      assert.deepEqual(await find(engine, one('v', value)), [`1/${i + 1}`]);
    assert.deepEqual(await find(engine, one('w', '1')), []);
    assert.deepEqual(await find(engine, one('v', 2n)), []);
  });

  it('answers those that arrived last first, and stops at the limit', async () => {
    for (let id = 1; id <= 60; id++)
      await ingest(engine, {
        spans: [{ id, trace: (id % 7) + 1, padding: 500, attributes: [{ key: 'k', value: 'same' }] }],
      });
    const all = await find(engine, one('k', 'same'));
    assert.equal(all.length, 60);
    assert.equal(all[0], '5/60');
    assert.equal(all[59], '2/1');
    assert.deepEqual(await find(engine, one('k', 'same'), { limit: 3 }), ['5/60', '4/59', '3/58']);
    const newest = await find(engine, one('k', 'same'), { onePerTrace: true });
    assert.deepEqual(newest, ['5/60', '4/59', '3/58', '2/57', '1/56', '7/55', '6/54']);
  });

  it('takes the attributes of a resource and of a scope for those of their spans', async () => {
    await ingest(
      engine,
      { resource: [{ key: 'host.name', value: 'a' }], spans: [{ id: 1 }, { id: 2 }] },
      { scope: [{ key: 'host.name', value: 'a' }], spans: [{ id: 3 }] },
      {
        resource: [{ key: 'host.name', value: 'b' }],
        spans: [{ id: 4, attributes: [{ key: 'host.name', value: 'a' }] }],
      },
    );
    assert.deepEqual(await find(engine, one('host.name', 'a')), ['1/4', '1/3', '1/2', '1/1']);
  });

  it('finds a header, which is an array of its values, and a value under one of several keys', async () => {
    const header = 'http.request.header.x-request-id';
    await ingest(engine, {
      spans: [
        { id: 1, attributes: [{ key: header, value: ['abc-1'] }] },
        { id: 2, attributes: [{ key: 'request_id', value: 'abc-1' }] },
        { id: 3, attributes: [{ key: 'other', value: 'abc-1' }] },
        { id: 4, attributes: [{ key: header, value: ['abc-1', 'abc-2'] }] },
        { id: 5, attributes: [{ key: 'request_id', value: ['abc-1'] }] },
      ],
    });
    assert.deepEqual(await find(engine, one(header, 'abc-1')), ['1/1']);
    assert.deepEqual(await find(engine, { keys: [header, 'request_id'], values: ['abc-1'] }), ['1/2', '1/1']);
  });

  it('is not taken in by bytes that only look like the attribute', async () => {
    const inside = Buffer.from([0x0a, 1, 0x6b, 0x12, 3, 0x0a, 1, 0x76]).toString('latin1');
    await ingest(engine, {
      spans: [
        { id: 1, name: inside, attributes: [{ key: 'text', value: inside }] },
        { id: 2, attributes: [{ key: 'map', value: { entries: [{ key: 'k', value: 'v' }] } }] },
      ],
    });
    assert.deepEqual(await find(engine, one('k', 'v')), []);
  });

  it('finds what is not on the disk yet', async () => {
    const written = ingest(engine, { spans: [{ id: 1, attributes: [{ key: 'k', value: 'now' }] }] });
    assert.deepEqual(await find(engine, one('k', 'now')), ['1/1']);
    await written;
  });

  it('leaves out what the journal still has and the store has not', async () => {
    const attributes = [{ key: 'k', value: 'dead' }];
    const first = { spans: [{ id: 1, attributes }] };
    await ingest(engine, first);
    // The first span comes again, in a request that is kept for its second.
    await ingest(engine, {
      spans: [
        { id: 1, attributes },
        { id: 2, attributes },
      ],
    });
    // Another span under the same id: the first one is kept.
    await ingest(engine, { spans: [{ id: 2, attributes: [{ key: 'k', value: 'later' }] }, { id: 3 }] });
    assert.deepEqual(await find(engine, one('k', 'dead')), ['1/2', '1/1']);
    assert.deepEqual(await find(engine, one('k', 'later')), []);
    await engine.clear();
    assert.deepEqual(await find(engine, one('k', 'dead')), []);
  });

  it('finds the spans that retention carried forward once, and dropped ones no more', async () => {
    const folder = newDataFolder();
    const limits = { maxSpans: 40, maxBytes: 2 ** 32, maxAgeSeconds: 1_000_000 };
    const kept = await openTestEngine(folder, { segmentBytes: 4000, retention: limits });
    const attributes = [{ key: 'k', value: 'carried' }];
    for (let i = 0; i < 200; i++)
      await ingest(kept, {
        spans: [
          { trace: i + 10, id: 1, padding: 50, attributes },
          // A trace that lives on and on.
          ...(i % 8 === 0 ? [{ trace: 1, id: i + 1, attributes }] : []),
        ],
      });
    while (kept.counts().spans > limits.maxSpans) await setImmediate();
    // Retention may still be at work; it has nothing to do in a folder that is opened within its limits.
    await kept.close();
    const again = await openTestEngine(folder, { segmentBytes: 4000, retention: limits });
    const found = await find(again, one('k', 'carried'));
    const stored = again.listTraces(1000).reduce((sum, { spanCount }) => sum + spanCount, 0);
    assert.equal(new Set(found).size, found.length);
    assert.equal(found.length, stored);
    assert.ok(found.includes('1/193'));
    assert.ok(!found.includes('10/1'));
  });

  it('ends with the reason of its signal, and with the engine', async () => {
    await ingest(engine, { spans: [{ id: 1, attributes: [{ key: 'k', value: 'v' }] }] });
    await assert.rejects(
      find(engine, one('k', 'v'), { signal: AbortSignal.abort(new Error('enough')) }),
      /enough/,
    );
    const searching = find(engine, one('k', 'v'));
    const closed = engine.close();
    await assert.rejects(searching, /closing/);
    await closed;
  });

  it('agrees with a decode of all spans', async () => {
    const value = fc.constantFrom<ScalarValue>(
      'a',
      'ab',
      '',
      'long enough',
      1n,
      -1n,
      300n,
      1,
      0.5,
      true,
      false,
    );
    const attribute = fc.record({
      key: fc.constantFrom('k', 'kk', 'request_id', 'rpc.grpc.request.metadata.x'),
      value: fc.oneof(
        value,
        value.map(each => [each]),
        fc.constant(null),
      ),
    });
    const attributes = fc.array(attribute, { maxLength: 3 });
    const requests = fc.array(
      fc.record({
        resource: attributes,
        scope: attributes,
        spans: fc.array(fc.record({ trace: fc.nat(3), id: fc.integer({ min: 1, max: 6 }), attributes }), {
          minLength: 1,
          maxLength: 5,
        }),
      }),
      { maxLength: 6 },
    );
    const keys = fc.uniqueArray(fc.constantFrom('k', 'kk', 'request_id', 'rpc.grpc.request.metadata.x'), {
      minLength: 1,
    });
    const query = fc.record({ keys, values: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }) });
    await fc.assert(
      fc.asyncProperty(requests, query, fc.integer({ min: 1, max: 8 }), async (model, wanted, limit) => {
        await engine.clear();
        for (const each of model)
          await ingest(engine, { ...each, spans: each.spans.map(one => ({ ...one, trace: one.trace + 1 })) });
        assert.deepEqual(await find(engine, wanted, { limit }), naively(model, wanted).slice(0, limit));
      }),
      { numRuns: 150 },
    );
  });
});

function naively(
  requests: readonly {
    resource: Attributes;
    scope: Attributes;
    spans: readonly { trace: number; id: number; attributes: Attributes }[];
  }[],
  { keys, values }: AttributeQuery,
): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  for (const { resource, scope, spans } of requests)
    for (const { trace, id, attributes } of spans) {
      const name = `${trace + 1}/${id}`;
      if (seen.has(name)) continue;
      seen.add(name);
      const isMatch = [...resource, ...scope, ...attributes].some(({ key, value }) => {
        const plain = Array.isArray(value) && key.includes('metadata') ? (value as unknown[])[0] : value;
        return keys.includes(key) && values.some(each => each === plain && typeof each === typeof plain);
      });
      if (isMatch) found.push(name);
    }
  return found.reverse();
}
