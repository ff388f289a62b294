import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SpanIdIndex } from '../../../../src/core/tree/spanIdIndex';

describe('SpanIdIndex', () => {
  it('finds what a Map finds', () => {
    // Small halves, so that ids differ in one half only and repeat.
    const half = fc.oneof(fc.nat({ max: 5 }), fc.integer({ min: 0, max: 0xffffffff }));
    const ids = fc.array(fc.tuple(half, half), { maxLength: 200 });
    fc.assert(
      fc.property(ids, ids, (held, asked) => {
        const high = Uint32Array.from(held, ([word]) => word);
        const low = Uint32Array.from(held, ([, word]) => word);
        const index = new SpanIdIndex(high, low, held.length);
        const rows = new Map<string, number>();
        held.forEach((id, row) => rows.has(id.join()) || rows.set(id.join(), row));
        for (const id of [...held, ...asked]) assert.equal(index.rowOf(...id), rows.get(id.join()) ?? -1);
      }),
    );
  });

  it('finds the better one of rows with one id', () => {
    const ids = Uint32Array.of(7, 7, 7);
    const index = new SpanIdIndex(ids, ids, 3, (row, other) => [5, 9, 1][row]! > [5, 9, 1][other]!);
    assert.equal(index.rowOf(7, 7), 1);
  });

  it('finds nothing in an empty table', () => {
    assert.equal(new SpanIdIndex(new Uint32Array(0), new Uint32Array(0), 0).rowOf(0, 0), -1);
  });
});
