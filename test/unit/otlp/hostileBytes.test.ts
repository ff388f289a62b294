import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeSpan } from '../../../src/otlp/decodeSpan';
import { decodeTraces } from '../../../src/otlp/decodeTraces';
import { encodeTraces } from '../../../src/otlp/encodeTraces';
import { InvalidSpanError } from '../../../src/otlp/invalidSpanError';
import { MalformedProtobufError } from '../../../src/otlp/malformedProtobufError';
import { createSpanBatch, shallowDecode } from '../../../src/otlp/shallowDecode';
import type { RejectedSpans, SpanBatch } from '../../../src/otlp/spanBatch';
import { SpanScanner } from '../../../src/otlp/spanScanner';
import { arbitraryTraces } from './support/arbitraryTraces';
import { batchRows, expectedRows } from './support/batchRows';
import { mutate, mutations } from './support/mutations';
import { fuzzBounds } from '../support/fuzz';

const mutatedRequest = fc
  .tuple(arbitraryTraces, mutations)
  .map(([traces, how]) => mutate(encodeTraces(traces), how));

/** Both decoders on the same bytes: they agree on what is malformed, what is rejected, and on all columns. */
function assertAgreement(bytes: Uint8Array, batch: SpanBatch): void {
  let full;
  try {
    full = decodeTraces(bytes);
  } catch (error) {
    assert.ok(error instanceof MalformedProtobufError, String(error));
    assert.ok(error.position >= 0 && error.position <= bytes.length);
    assert.throws(() => shallowDecode(bytes, batch), MalformedProtobufError);
    assert.equal(batch.count, 0);
    return;
  }
  shallowDecode(bytes, batch);
  assert.deepEqual(batch.rejected, full.rejected);
  const rows = batchRows(batch);
  const expected = expectedRows(full.resourceSpans);
  for (const [index, row] of rows.entries()) {
    // Beyond 2^53 microseconds (the year 2255) the column is a rounded one.
    if (row.startMicros > Number.MAX_SAFE_INTEGER) row.startMicros = expected[index]!.startMicros;
  }
  assert.deepEqual(rows, expected);
}

describe('hostile bytes', () => {
  it('that are arbitrary never do more than be refused', () => {
    const batch = createSpanBatch(4);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), bytes => assertAgreement(bytes, batch)),
      fuzzBounds(800),
    );
  });

  it('made by damaging a valid request never do more than be refused, in part or as a whole', () => {
    const batch = createSpanBatch(4);
    fc.assert(
      fc.property(mutatedRequest, bytes => assertAgreement(bytes, batch)),
      fuzzBounds(800),
    );
  });

  it('in a span are refused by the scanner for the reason that decodeSpan gives', () => {
    const encodedSpan = arbitraryTraces
      .map(traces => {
        const batch = createSpanBatch(1);
        shallowDecode(encodeTraces(traces), batch);
        return batch.bytes.slice(batch.offset[0] ?? 0, (batch.offset[0] ?? 0) + (batch.length[0] ?? 0));
      })
      .filter(bytes => bytes.length > 0);
    const reasons = new Set<string>();
    fc.assert(
      fc.property(encodedSpan, mutations, fc.constantFrom('', '0a00', '1200', '0b'), (span, how, last) => {
        // A last field that empties an id, or is a group: no matter what the damage before it does.
        const bytes = Buffer.concat([mutate(span, how), Buffer.from(last, 'hex')]);
        const scanned = new SpanScanner(bytes, createSpanBatch(1)).span(0, bytes.length, 0);
        assert.equal(scanned, reasonOf(bytes));
        reasons.add(String(scanned));
      }),
      fuzzBounds(800),
    );
    // The test is of use only if it meets every way out.
    assert.deepEqual([...reasons].sort(), [
      'invalid-span-id',
      'invalid-trace-id',
      'malformed-span',
      'undefined',
    ]);
  });

  it('that cut a valid request short anywhere never do more than be refused', () => {
    const batch = createSpanBatch(4);
    fc.assert(
      fc.property(arbitraryTraces, traces => {
        const bytes = encodeTraces(traces);
        const step = Math.max(1, Math.floor(bytes.length / 200));
        for (let end = 0; end < bytes.length; end += step) assertAgreement(bytes.subarray(0, end), batch);
      }),
      fuzzBounds(40),
    );
  });
});

function reasonOf(bytes: Uint8Array): RejectedSpans['reason'] | undefined {
  try {
    decodeSpan(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidSpanError) return error.reason;
    assert.ok(error instanceof MalformedProtobufError, String(error));
    return 'malformed-span';
  }
}
