import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { SpanIdMap } from '../../../../src/collector/store/spanIdMap';

describe('SpanIdMap', () => {
  it('remembers the number last given to each id, through every growth', () => {
    const half = fc.constantFrom(0, 1, 2, 3, 0x8000_0000, 0xffff_ffff);
    const id = fc
      .tuple(fc.oneof(half, fc.nat({ max: 0xffff_ffff })), fc.oneof(half, fc.nat({ max: 0xffff_ffff })))
      .filter(([high, low]) => high !== 0 || low !== 0);
    fc.assert(
      fc.property(fc.array(fc.tuple(id, fc.nat({ max: 2 ** 31 })), { maxLength: 400 }), id, (all, other) => {
        const map = new SpanIdMap();
        const expected = new Map<string, number>();
        for (const [[high, low], number] of all) {
          map.set(high, low, number);
          expected.set(`${high}:${low}`, number);
        }
        for (const [[high, low]] of all) assert.equal(map.get(high, low), expected.get(`${high}:${low}`));
        assert.equal(map.get(other[0], other[1]), expected.get(other.join(':')));
      }),
    );
  });

  it('takes more room with what it holds, a third of it free at least', () => {
    const map = new SpanIdMap();
    const { slots } = map;
    for (let i = 1; i <= 10_000; i++) map.set(i, i, i);
    assert.ok(slots <= 64 && map.slots >= 13_334 && map.slots <= 32_768, `${map.slots}`);
    for (let i = 1; i <= 10_000; i++) assert.equal(map.get(i, i), i);
    assert.equal(map.get(0, 1), undefined);
  });
});
