import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeTraces } from '../../../src/otlp/encodeTraces';
import { eraseTraces, spanShape } from '../../../src/otlp/eraseTraces';
import { createSpanBatch, shallowDecode } from '../../../src/otlp/shallowDecode';
import { request, span, traceId, traces } from '../collector/ingest/support/requests';

const latin1 = (id: string) => Buffer.from(id, 'hex').toString('latin1');
const erase = (bytes: Uint8Array, ...numbers: readonly number[]) => {
  const ids = new Set(numbers.map(n => latin1(traceId(n))));
  return eraseTraces(bytes, spanShape, id => ids.has(id));
};
const decoded = (bytes: Uint8Array) => {
  const batch = createSpanBatch(16);
  shallowDecode(bytes, batch);
  return Array.from({ length: batch.count }, (_, i) => {
    const [offset, length] = [batch.offset[i] ?? 0, batch.length[i] ?? 0];
    const { service } = batch.groups[batch.group[i] ?? 0] ?? {};
    return { offset, bytes: Buffer.from(bytes.subarray(offset, offset + length)), service };
  });
};

describe('eraseTraces', () => {
  it('erases exactly the spans of these traces, of whatever length, and moves no other', () => {
    const spans = fc.array(
      fc.record({
        trace: fc.integer({ min: 1, max: 4 }),
        name: fc.string({ unit: 'binary' }),
        padding: fc.nat(300),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.array(spans, { minLength: 1, maxLength: 4 }),
        fc.subarray([1, 2, 3, 4]),
        (groups, gone) => {
          const bytes = encodeTraces(
            groups.flatMap((group, g) =>
              traces(`service ${g}`, ...group.map((fields, i) => span({ ...fields, id: g * 10 + i + 1 }))),
            ),
          );
          const before = decoded(bytes);
          const kept = groups.flatMap(group => group.map(({ trace }) => !gone.includes(trace)));
          assert.equal(erase(bytes, ...gone), kept.includes(false));
          assert.deepEqual(
            decoded(bytes),
            before.filter((_, i) => kept[i]),
          );
          for (const { bytes: erased } of before.filter((_, i) => !kept[i]))
            assert.ok(!Buffer.from(bytes).includes(erased));
        },
      ),
    );
  });

  it('erases resource and scope with the last span that has them, and only then', () => {
    const bytes = encodeTraces([
      ...traces('alone', span({ trace: 1 })),
      ...traces('shared', span({ trace: 1, id: 2 }), span({ trace: 2, id: 3 })),
    ]);
    erase(bytes, 1);
    const text = Buffer.from(bytes).toString('latin1');
    assert.ok(!text.includes('alone'));
    assert.ok(text.includes('shared') && text.includes('scope of shared'));
    erase(bytes, 2);
    assert.match(Buffer.from(bytes).toString('hex'), /^(7800)+(788000)?$/);
  });

  it('changes nothing where no span is meant, or what it is given is no request', () => {
    const bytes = request('cart', { trace: 1 });
    const before = Buffer.from(bytes);
    assert.equal(erase(bytes, 2), false);
    assert.deepEqual(Buffer.from(bytes), before);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), garbage => {
        const copy = Buffer.from(garbage);
        assert.equal(erase(garbage, 1), false);
        assert.deepEqual(Buffer.from(garbage), copy);
      }),
    );
  });
});
