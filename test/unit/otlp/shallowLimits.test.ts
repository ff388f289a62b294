import assert from 'node:assert/strict';
import type { AttributeValue } from '../../../src/core/model/attributes';
import { parseSpanId } from '../../../src/core/model/ids';
import { encodeTraces } from '../../../src/otlp/encodeTraces';
import { maxElements, maxValueDepth, tooDeep } from '../../../src/otlp/limits';
import { ProtobufWriter } from '../../../src/otlp/protobufWriter';
import { bytesOf, decode, requestOf, wrap } from './support/encodedSpans';
import { batchRows } from './support/batchRows';
import { makeSpan, spanId, traceId, tracesOf } from './support/oneSpan';

describe('shallowDecode, of large and deep requests,', () => {
  it('grows beyond its capacity and keeps every row', () => {
    const spans = Array.from({ length: 300 }, (_, i) =>
      makeSpan({
        spanId: parseSpanId((i + 1).toString(16).padStart(16, '0'))!,
        name: `span ${i % 7}`,
        flags: i,
      }),
    );
    const batch = decode(encodeTraces(tracesOf(...spans)));
    assert.equal(batch.count, 300);
    assert.deepEqual(
      batchRows(batch).map(row => row.span),
      spans,
    );
    assert.deepEqual(
      Array.from(batch.flags.subarray(0, 300)),
      spans.map((_, i) => i),
    );
  });

  it('accepts values nested to any depth, and the full decode names what lies deeper than its limit', () => {
    // AnyValue { array_value { values: AnyValue … } }, from the inside out.
    let value: Uint8Array = bytesOf('0a 06 62 6f 74 74 6f 6d');
    for (let level = 0; level < 5000; level++) value = wrap(0x2a, wrap(0x0a, value));
    const deep = requestOf(w => {
      w.hex(0x0a, traceId);
      w.hex(0x12, spanId);
      w.message(0x4a, () => w.copy(0x12, value));
    });
    const batch = decode(deep);
    assert.equal(batch.count, 1);
    let found = batchRows(batch)[0]?.span.attributes[0]?.value;
    let depth = 0;
    for (; Array.isArray(found); depth++) found = (found as AttributeValue[])[0];
    assert.equal(found, tooDeep);
    assert.equal(depth, maxValueDepth);
  });

  it('refuses a span of more parts than memory should hold', () => {
    const span =
      (parts: number) =>
      (writer: ProtobufWriter): void => {
        writer.hex(0x0a, traceId);
        writer.hex(0x12, spanId);
        for (let i = 0; i < parts; i++) writer.copy(i % 2 ? 0x4a : 0x5a, new Uint8Array(0));
      };
    assert.deepEqual(decode(requestOf(span(maxElements + 1))).rejected, [
      { reason: 'malformed-span', count: 1 },
    ]);
    assert.equal(decode(requestOf(span(maxElements))).count, 1);
  });

  it('takes time in proportion to the request, however it is cut up', () => {
    // Each would take minutes if anything in it were quadratic.
    const repeated = (hex: string, times: number): Uint8Array =>
      Buffer.concat(Array<Uint8Array>(times).fill(bytesOf(hex)));
    assert.equal(decode(repeated('0a 00', 1_000_000)).count, 0);
    const inOneResource = new ProtobufWriter();
    inOneResource.copy(0x0a, Buffer.concat([repeated('0a 00', 300_000), repeated('12 00', 300_000)]));
    assert.equal(decode(inOneResource.finish()).count, 0);
    const badSpans = new ProtobufWriter();
    badSpans.message(0x0a, () => badSpans.copy(0x12, repeated('12 01 0b', 300_000)));
    assert.deepEqual(decode(badSpans.finish()).rejected, [{ reason: 'malformed-span', count: 300_000 }]);
  });
});
