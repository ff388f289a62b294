import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { FragmentDecoder } from '../../../../src/collector/store/fragmentDecoder';
import { FragmentEncoder } from '../../../../src/collector/store/fragmentEncoder';
import { newSpanRecord, type SpanRecord } from '../../../../src/collector/store/spanRecord';

const word = fc.oneof(fc.constantFrom(0, 1, 2), fc.nat({ max: 0xffff_ffff }));
const byte = fc.nat({ max: 255 });
const row = fc.oneof(fc.constantFrom(1, 2, 127, 128), fc.nat({ max: 2 ** 31 }));
/** Whole doubles as the decoder of requests makes them: up to 2^64, then not every one. */
const whole = fc.oneof(
  fc.constantFrom(0, 1_767_225_600_000_000, 2 ** 28, 2 ** 50 - 1, 2 ** 50, 2 ** 53, 2 ** 53 + 2),
  fc.maxSafeNat(),
  fc.nat({ max: 5_000_000 }),
);
const duration = fc.oneof(
  whole,
  whole.map(value => -value),
  fc.constantFrom(-(2 ** 63), 2 ** 64 - 2048),
);

const fields = fc.record({
  spanHigh: word,
  spanLow: word,
  parentHigh: word,
  parentLow: word,
  startMicros: whole,
  startNanos: fc.nat({ max: 999 }),
  duration,
  name: row,
  resource: row,
  scope: row,
  service: row,
  kind: byte,
  status: byte,
  category: byte,
  features: byte,
  flags: word,
  // How far behind the span before it; put in order below.
  offset: fc.nat({ max: 300 }),
  length: fc.oneof(fc.nat({ max: 70_000 }), fc.constant(2 ** 28)),
});

/** A fragment whose spans stand one behind the other, with runs of equal columns. */
const fragment = fc.array(fc.tuple(fields, fc.boolean(), fc.boolean()), { maxLength: 80 }).map(all => {
  const spans: SpanRecord[] = [];
  let end = 0;
  for (const [own, isLikeBefore, isChild] of all) {
    const before = spans.at(-1) ?? newSpanRecord();
    const { spanHigh, spanLow, startMicros, startNanos, duration: took, length } = own;
    const base = isLikeBefore
      ? { ...before, spanHigh, spanLow, startMicros, startNanos, duration: took, length }
      : own;
    const parent = isChild ? { parentHigh: before.spanHigh, parentLow: before.spanLow } : {};
    const offset = end + own.offset;
    end = offset + length;
    spans.push({ ...base, ...parent, offset });
  }
  return spans;
});

function unpack(ids: Uint8Array, records: Uint8Array): SpanRecord[] {
  const decoder = new FragmentDecoder(ids, records);
  const spans: SpanRecord[] = [];
  while (decoder.next()) {
    const span = newSpanRecord();
    const from: SpanRecord = decoder;
    for (const key of Object.keys(span)) Reflect.set(span, key, Reflect.get(from, key));
    // -0 and 0 are one duration.
    span.duration += 0;
    spans.push(span);
  }
  return spans;
}

describe('A fragment', () => {
  // One object for all runs, as in use: what an earlier fragment left must not show.
  const encoder = new FragmentEncoder();

  function pack(spans: readonly SpanRecord[]): { ids: Uint8Array; records: Uint8Array } {
    encoder.clear();
    for (const span of spans) encoder.add(span);
    return { ids: encoder.ids.slice(), records: encoder.records.slice() };
  }

  it('gives back every column of every span', () => {
    fc.assert(
      fc.property(fragment, spans => {
        const { ids, records } = pack(spans);
        assert.deepEqual(
          unpack(ids, records),
          spans.map(span => ({ ...span, duration: span.duration + 0 })),
        );
        assert.equal(ids.length, 8 * spans.length);
      }),
      { numRuns: 300 },
    );
  });

  it('holds siblings that follow each other within 30 bytes each', () => {
    const spans = Array.from({ length: 200 }, (_, i): SpanRecord => ({
      ...newSpanRecord(),
      spanHigh: 0x8000_0000 + i,
      spanLow: i,
      parentHigh: 0xffff_0000,
      parentLow: 7,
      startMicros: 1_767_225_600_000_000 + i * 1500,
      startNanos: 123,
      duration: 12_345_678,
      name: 1 + (i % 300),
      resource: 12,
      scope: 3,
      service: 4,
      kind: 1 + (i % 5),
      flags: 0x101,
      offset: i * 580,
      length: 577,
    }));
    const { ids, records } = pack(spans);
    assert.ok(ids.length + records.length <= 30 * spans.length, `${ids.length + records.length}`);
  });

  it('ends, with an error where it can be told, when it is damaged', () => {
    fc.assert(
      fc.property(fragment, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 20 }), (spans, at, noise) => {
        const { ids, records } = pack(spans);
        const damaged = Buffer.from(records);
        damaged.set(
          noise.subarray(0, damaged.length),
          at % (damaged.length - Math.min(noise.length, damaged.length) + 1),
        );
        let read = 0;
        try {
          read = unpack(ids, damaged).length;
        } catch (error) {
          assert.ok(error instanceof RangeError, String(error));
        }
        assert.ok(read <= spans.length);
      }),
    );
    const { ids, records } = pack([newSpanRecord(), { ...newSpanRecord(), offset: 9, length: 300 }]);
    assert.throws(() => unpack(ids, records.subarray(0, -1)), RangeError);
  });

  it('refuses spans that are not in the order of their request', () => {
    assert.throws(
      () =>
        pack([
          { ...newSpanRecord(), offset: 10, length: 5 },
          { ...newSpanRecord(), offset: 14 },
        ]),
      /order/,
    );
  });
});
