import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sortRows } from '../../../../src/core/tree/sortRows';

describe('sortRows', () => {
  const key = fc.oneof(
    fc.nat({ max: 3 }),
    fc.integer({ min: -70_000, max: 70_000 }),
    fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
    fc.constantFrom(-1.77e18, 0.25, 0.75, 2 ** 32, 2 ** 32 - 1, 2 ** 48),
  );
  const sizes = [
    ['few', { minLength: 0, maxLength: 50 }, 200],
    ['so many that it counts digits', { minLength: 2048, maxLength: 2300 }, 25],
  ] as const;
  for (const [how, size, numRuns] of sizes)
    it(`sorts ${how} rows as a comparison would`, () => {
      fc.assert(
        fc.property(fc.array(key, size), keys => {
          const rows = Uint32Array.from(keys, (_, row) => row);
          sortRows(rows, Float64Array.from(keys), (a, b) => b - a);
          const wanted = keys.map((_, row) => row).sort((a, b) => keys[a]! - keys[b]! || b - a);
          assert.deepEqual([...rows], wanted);
        }),
        { numRuns },
      );
    });

  it('sorts parts of nanoseconds, too', () => {
    const keys = Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 5000) / 4 + 0.75);
    const rows = Uint32Array.from(keys, (_, row) => row);
    sortRows(rows, Float64Array.from(keys), (a, b) => a - b);
    assert.deepEqual(
      Array.from(rows, row => keys[row]),
      keys.toSorted((a, b) => a - b),
    );
  });

  it('sorts integers of up to 53 bits by counting', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat(), { minLength: 2048, maxLength: 2100 }), keys => {
        const rows = Uint32Array.from(keys, (_, row) => row);
        sortRows(rows, Float64Array.from(keys), (a, b) => a - b);
        assert.deepEqual(
          Array.from(rows, row => keys[row]),
          keys.toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 25 },
    );
  });
});
