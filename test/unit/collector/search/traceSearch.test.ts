import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import type { Engine } from '../../../../src/collector/engine';
import { textsOfSpan } from '../../../../src/collector/search/textsOfSpan';
import { maxValueUnits } from '../../../../src/collector/search/valueColumns';
import { decodeSpanValues } from '../../../../src/core/columns/decodeSpanValues';
import { encodeSpanValues } from '../../../../src/core/columns/encodeSpanValues';
import { ValueType } from '../../../../src/core/columns/spanValues';
import { attribute, type AttributeValue, type Attributes } from '../../../../src/core/model/attributes';
import { spanIdFromHalves } from '../../../../src/core/model/ids';
import type { ResourceSpans, Span } from '../../../../src/core/model/span';
import { encodeTraces } from '../../../../src/otlp/encodeTraces';
import type { Params } from '../../../../src/protocol/collectorProtocol';
import { arbitraryTraces } from '../../otlp/support/arbitraryTraces';
import { fuzzBounds } from '../../support/fuzz';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { span, traceId, traces } from '../ingest/support/requests';

const trace = traceId(1);
type Scope = Params<'spanValues'>['scope'];
type Value = string | number | boolean;

async function ingest(engine: Engine, ...requests: readonly ResourceSpans[][]): Promise<void> {
  for (const request of requests) await engine.ingest(encodeTraces(request));
}

/** A request with spans 1, 2, … that have these attributes. */
function withAttributes(...attributes: readonly Attributes[]): ResourceSpans[] {
  return traces('shop', ...attributes.map((each, i) => ({ ...span({ id: i + 1 }), attributes: each })));
}

const bool: number = ValueType.Bool;
const numeric: readonly number[] = [ValueType.Int, ValueType.Double];

/** The values as they cross to a view, by span id. */
async function values(engine: Engine, keys: string[], scope: Scope): Promise<Map<string, Value>> {
  const found = (await engine.traceSearch.values({ traceId: trace, keys, scope }, undefined))!;
  const all = decodeSpanValues(encodeSpanValues(found.values));
  return new Map(
    Array.from({ length: all.count }, (_, i) => {
      const number = all.number[i]!;
      const type = all.type[i]!;
      const value = type === bool ? number === 1 : numeric.includes(type) ? number : all.strings[number]!;
      return [spanIdFromHalves(all.spanIdHigh[i]!, all.spanIdLow[i]!), value];
    }),
  );
}

async function withText(engine: Engine, text: string): Promise<string[]> {
  const ids = (await engine.traceSearch.withText({ traceId: trace, text }, undefined))!;
  return Array.from({ length: ids.length / 2 }, (_, i) =>
    spanIdFromHalves(ids[2 * i]!, ids[2 * i + 1]!),
  ).sort();
}

/** The spans by number. */
async function numbersWithText(engine: Engine, text: string): Promise<number[]> {
  return (await withText(engine, text)).map(Number);
}

describe('questions about all spans of a trace', () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await openTestEngine(newDataFolder(), { segmentBytes: 20_000 });
  });
  afterEach(removeDataFolders);

  describe('for the values of an attribute', () => {
    it('keep what JSON would lose', async () => {
      const given: AttributeValue[] = ['a', '', true, false, 7n, -7n, 2n ** 53n, -(2n ** 63n), 0.5, 1, 4096n];
      await ingest(engine, withAttributes(...given.map(value => [{ key: 'v', value }])));
      assert.deepEqual(
        [...(await values(engine, ['v'], 'span')).values()],
        ['a', '', true, false, 7, -7, '9007199254740992', '-9223372036854775808', 0.5, 1, 4096],
      );
    });

    it('show arrays and maps as JSON, and an array of one as its item', async () => {
      const given: AttributeValue[] = [
        ['a', 1n],
        { entries: [{ key: 'k', value: true }] },
        ['only'],
        [3n],
        [],
        Buffer.from('ab'),
        null,
      ];
      await ingest(engine, withAttributes(...given.map(value => [{ key: 'v', value }])));
      assert.deepEqual(
        [...(await values(engine, ['v'], 'span')).values()],
        ['["a",1]', '{"k":true}', 'only', 3, '[]', '"YWI="', 'null'],
      );
    });

    it('are of the first of the names that a span has, and the last of that name', async () => {
      const [old, stable] = ['http.method', 'http.request.method'];
      await ingest(
        engine,
        withAttributes(
          [
            { key: old, value: 'old' },
            { key: stable, value: 'new' },
          ],
          [{ key: old, value: 'old alone' }],
          [
            { key: stable, value: 'first' },
            { key: stable, value: 'second' },
          ],
          [{ key: 'http.request.metho', value: 'another' }],
        ),
      );
      assert.deepEqual(
        [...(await values(engine, [stable, old], 'span')).values()],
        ['new', 'old alone', 'second'],
      );
    });

    it('are the span’s own before those of its resource', async () => {
      await ingest(engine, withAttributes([{ key: 'service.name', value: 'own' }], []));
      const asked = (scope: Scope) => values(engine, ['service.name'], scope);
      assert.deepEqual([...(await asked('any')).values()], ['own', 'shop']);
      assert.deepEqual([...(await asked('span')).values()], ['own']);
      assert.deepEqual([...(await asked('resource')).values()], ['shop', 'shop']);
    });

    it('may be the message of the status', async () => {
      const failed = { ...span({ id: 2 }), status: { code: 2, message: 'declined' } };
      await ingest(engine, traces('shop', span({ id: 1 }), failed));
      assert.deepEqual(
        [...(await values(engine, ['statusMessage'], 'intrinsic')).entries()],
        [[failed.spanId, 'declined']],
      );
    });

    it('are cut where they are long, and that is told', async () => {
      await ingest(
        engine,
        withAttributes([{ key: 'v', value: 'x'.repeat(5000) }], [{ key: 'v', value: 'y' }]),
      );
      const found = await engine.traceSearch.values(
        { traceId: trace, keys: ['v'], scope: 'span' },
        undefined,
      );
      assert.equal(found?.cut, 1);
      assert.deepEqual(
        found.values.strings.map(text => text.length),
        [maxValueUnits, 1],
      );
    });
  });

  describe('for the keys of its attributes', () => {
    it('are counted by span and by resource, the most frequent first', async () => {
      await ingest(
        engine,
        withAttributes(
          [
            { key: 'a', value: 1n },
            { key: 'a', value: 2n },
            { key: 'b', value: 1n },
          ],
          [{ key: 'b', value: 1n }],
        ),
      );
      assert.deepEqual(await engine.traceSearch.keys(trace, undefined), {
        keys: [
          { key: 'b', scope: 'span', spans: 2 },
          { key: 'service.name', scope: 'resource', spans: 2 },
          { key: 'a', scope: 'span', spans: 1 },
        ],
        more: 0,
      });
    });

    it('say how many there are beyond the thousandth', async () => {
      await ingest(
        engine,
        withAttributes(Array.from({ length: 1500 }, (_, i) => ({ key: `k${i}`, value: BigInt(i) }))),
      );
      const answer = await engine.traceSearch.keys(trace, undefined);
      assert.equal(answer?.keys.length, 1000);
      assert.equal(answer.more, 501);
    });
  });

  describe('for a text', () => {
    beforeEach(() =>
      ingest(
        engine,
        traces(
          'shop',
          { ...span({ id: 1, name: 'GET /Cart' }), attributes: [] },
          { ...span({ id: 2, name: 'x' }), attributes: [{ key: 'Cart.id', value: 4217n }] },
          {
            ...span({ id: 3, name: 'x' }),
            attributes: [{ key: 'k', value: [{ entries: [{ key: 'q', value: 'my cart' }] }] }],
          },
          { ...span({ id: 4, name: 'x' }), status: { code: 2, message: 'no CART' }, attributes: [] },
          {
            ...span({ id: 5, name: 'x' }),
            attributes: [{ key: 'ok', value: true }],
            events: [{ time: span().start, name: 'Straße', attributes: [], droppedAttributesCount: 0 }],
          },
          {
            ...span({ id: 6, name: 'x' }),
            attributes: [{ key: 'k', value: Buffer.from('cart') }],
            traceState: 'cart=1',
          },
          { ...span({ id: 7, name: 'ÉCLAIR' }), attributes: [{ key: 'share', value: 0.25 }] },
        ),
      ),
    );

    const cases: readonly (readonly [text: string, spans: readonly number[]])[] = [
      ['cart', [1, 2, 3, 4]],
      ['CART', [1, 2, 3, 4]],
      ['/cart', [1]],
      ['4217', [2]],
      ['21', [2]],
      ['true', [5]],
      ['.25', [7]],
      ['straße', [5]],
      ['éclair', [7]],
      ['nothing', []],
      // Bytes of two fields beside each other are no text.
      ['cartk', []],
    ];
    for (const [text, spans] of cases)
      it(`finds ${JSON.stringify(text)} in ${spans.length === 0 ? 'no span' : `spans ${spans.join(', ')}`}`, async () =>
        assert.deepEqual(await numbersWithText(engine, text), spans));
  });

  it('agree with a look at every decoded span', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTraces, fc.nat(), fc.nat(), fc.boolean(), async (any, pick, cut, upper) => {
        await engine.clear();
        const stored = ofOneTrace(any);
        const spans = stored.flatMap(of => of.scopeSpans.flatMap(scoped => scoped.spans));
        if (spans.length === 0) return;
        await ingest(engine, stored);
        const texts = spans.flatMap(textsOfSpan).filter(text => text !== '');
        const whole = texts[pick % Math.max(1, texts.length)] ?? 'x';
        const part = whole.slice(cut % whole.length).slice(0, 40);
        const wanted = Buffer.from(part).toString() === part ? part : whole;
        const text = upper ? wanted.toUpperCase() : wanted;
        const lower = text.toLowerCase();
        const expected = spans.filter(each =>
          textsOfSpan(each).some(one => one.toLowerCase().includes(lower)),
        );
        const found = await withText(engine, text);
        for (const { spanId } of expected) assert.ok(found.includes(spanId), `${spanId} is missing`);
        for (const id of found) {
          const numbers = spans
            .find(each => each.spanId === id)!
            .attributes.map(({ value }) => (typeof value === 'object' ? '' : String(value)));
          assert.ok(
            expected.some(each => each.spanId === id) || numbers.some(one => one.includes(lower)),
            id,
          );
        }
        const keys = spans.flatMap(each => each.attributes.map(({ key }) => key));
        const key = keys[pick % Math.max(1, keys.length)] ?? 'none';
        assert.deepEqual(
          [...(await values(engine, [key], 'span')).keys()].sort(),
          spans
            .filter(each => attribute(each.attributes, key) !== undefined)
            .map(each => each.spanId)
            .sort(),
        );
        const counted = await engine.traceSearch.keys(trace, undefined);
        const has = spans.filter(each => each.attributes.some(entry => entry.key === key)).length;
        assert.equal(counted?.keys.find(each => each.scope === 'span' && each.key === key)?.spans ?? 0, has);
      }),
      fuzzBounds(30),
    );
  });

  it('have no answer for a trace that is not there', async () => {
    const missing = traceId(9);
    const { traceSearch } = engine;
    assert.equal(
      await traceSearch.values({ traceId: missing, keys: ['k'], scope: 'span' }, undefined),
      undefined,
    );
    assert.equal(await traceSearch.keys(missing, undefined), undefined);
    assert.equal(await traceSearch.withText({ traceId: missing, text: 'x' }, undefined), undefined);
  });

  it('see spans of many requests and segments, and end when nobody waits any more', async () => {
    for (let id = 1; id <= 300; id++)
      await ingest(engine, traces('shop', { ...span({ id, padding: 400 }), name: `step ${id}` }));
    assert.equal((await withText(engine, 'STEP')).length, 300);
    const stop = new AbortController();
    const asked = engine.traceSearch.withText({ traceId: trace, text: 'step' }, stop.signal);
    await setImmediate();
    stop.abort(new Error('enough'));
    await assert.rejects(asked, /enough/);
  });
});

/** The same spans, each in the one trace and with an id of its own. */
function ofOneTrace(any: readonly ResourceSpans[]): ResourceSpans[] {
  let id = 0;
  return any.map(of => ({
    ...of,
    scopeSpans: of.scopeSpans.map(scoped => ({
      ...scoped,
      spans: scoped.spans.map((each): Span => ({
        ...each,
        traceId: trace,
        spanId: span({ id: ++id }).spanId,
      })),
    })),
  }));
}
