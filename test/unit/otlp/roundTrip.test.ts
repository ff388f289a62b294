import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { tracesToJson } from '../../../src/core/formats/otlpJson';
import { nanoseconds } from '../../../src/core/model/nanoseconds';
import type { ResourceSpans } from '../../../src/core/model/span';
import { decodeTraces } from '../../../src/otlp/decodeTraces';
import { encodeTraces } from '../../../src/otlp/encodeTraces';
import { parseOtlpJson } from '../../../src/otlp/parseOtlpJson';
import { createSpanBatch, shallowDecode } from '../../../src/otlp/shallowDecode';
import { tracesFromJson } from '../../../src/otlp/tracesFromJson';
import { arbitraryTraces } from './support/arbitraryTraces';
import { batchRows, expectedRows } from './support/batchRows';
import { oracleDecode, oracleEncode } from './support/oracle';
import { withoutNegativeZero } from './support/withoutNegativeZero';
import { fuzzBounds } from '../support/fuzz';

describe('any export request', () => {
  it('comes back equal from protobuf', () => {
    fc.assert(
      fc.property(arbitraryTraces, traces => {
        assert.deepEqual(decodeTraces(encodeTraces(traces)), { resourceSpans: traces, rejected: [] });
      }),
      fuzzBounds(300),
    );
  });

  it('comes back equal from a Buffer, too, whose slice() does not copy', () => {
    fc.assert(
      fc.property(arbitraryTraces, traces => {
        const bytes = Buffer.from(encodeTraces(traces));
        const decoded = decodeTraces(bytes);
        bytes.fill(0);
        assert.deepEqual(decoded.resourceSpans, traces);
      }),
    );
  });

  it('is read by protobufjs as it was written', () => {
    fc.assert(
      fc.property(arbitraryTraces, traces => {
        assert.deepEqual(oracleDecode(encodeTraces(traces)), traces);
      }),
      fuzzBounds(200),
    );
  });

  it('is read as protobufjs wrote it', () => {
    fc.assert(
      fc.property(arbitraryTraces, traces => {
        assert.deepEqual(decodeTraces(oracleEncode(traces)).resourceSpans, traces);
      }),
      fuzzBounds(200),
    );
  });

  it('comes back equal from OTLP/JSON, but for -0, which JSON.stringify writes as 0', () => {
    fc.assert(
      fc.property(arbitraryTraces, traces => {
        const json = JSON.stringify(tracesToJson(traces));
        const positive = decodeTraces(encodeTraces(traces)).resourceSpans.map(withoutNegativeZero);
        assert.deepEqual(tracesFromJson(parseOtlpJson(Buffer.from(json))), {
          resourceSpans: positive,
          rejected: [],
        });
      }),
      fuzzBounds(300),
    );
  });

  it('has in its shallow decode the same hot columns as the model', () => {
    const batch = createSpanBatch(0);
    fc.assert(
      fc.property(arbitraryTraces.map(untilYear2255), traces => {
        shallowDecode(encodeTraces(traces), batch);
        assert.deepEqual(batchRows(batch), expectedRows(traces));
        assert.deepEqual(batch.rejected, []);
      }),
      fuzzBounds(300),
    );
  });
});

/** SpanBatch keeps whole microseconds exactly up to 2^53. */
function untilYear2255(traces: ResourceSpans[]): ResourceSpans[] {
  return traces.map(group => ({
    ...group,
    scopeSpans: group.scopeSpans.map(scoped => ({
      ...scoped,
      spans: scoped.spans.map(span => ({ ...span, start: nanoseconds(span.start % (1000n << 53n)) })),
    })),
  }));
}
