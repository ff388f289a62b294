import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { BatchTraces } from '../../../../src/collector/store/batchTraces';
import { createSpanBatch } from '../../../../src/otlp/shallowDecode';

/** Words that differ in one place, or in few bits, as well as any. */
const word = fc.oneof(fc.constantFrom(0, 1, 0x8000_0000, 0xffff_ffff), fc.nat({ max: 0xffff_ffff }));
const id = fc.tuple(word, word, word, word);

describe('BatchTraces', () => {
  it('numbers the traces of a stretch in order of appearance, and puts the spans of each together', () => {
    // One object for all runs, as in use: what an earlier batch left must not show.
    const traces = new BatchTraces();
    fc.assert(
      fc.property(
        fc
          .array(id, { minLength: 1, maxLength: 8 })
          .chain(ids => fc.array(fc.constantFrom(...ids), { maxLength: 60 })),
        fc.nat({ max: 60 }),
        (ids, skipped) => {
          const from = Math.min(skipped, ids.length);
          const batch = createSpanBatch(64);
          ids.forEach(([a, b, c, d], i) => {
            batch.traceId0[i] = a;
            batch.traceId1[i] = b;
            batch.traceId2[i] = c;
            batch.traceId3[i] = d;
          });
          traces.read(batch, from, ids.length);
          const stretch = ids.slice(from).map(String);
          const different = [...new Set(stretch)];
          assert.equal(traces.count, different.length);
          assert.deepEqual(
            [...traces.of.subarray(0, stretch.length)],
            stretch.map(one => different.indexOf(one)),
          );
          assert.deepEqual(
            [...traces.first.subarray(0, traces.count)],
            different.map(one => from + stretch.indexOf(one)),
          );
          different.forEach((one, n) => {
            assert.deepEqual(
              [...traces.order.subarray(traces.start[n], traces.start[n + 1])],
              stretch.flatMap((other, i) => (other === one ? [from + i] : [])),
            );
          });
        },
      ),
    );
  });
});
