import assert from 'node:assert/strict';
import fc from 'fast-check';
import { niceStep, niceTicks } from '../../../../src/core/time/niceTicks';
import { formatDuration } from '../../../../src/core/time/formatDuration';

const second = 1e9;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('niceStep', () => {
  const cases: readonly (readonly [least: number, step: number])[] = [
    [0.3, 1],
    [1, 1],
    [1.1, 2],
    [3, 5],
    [6, 10],
    [51_000, 100_000],
    [0.6 * second, second],
    [3 * second, 5 * second],
    [11 * second, 15 * second],
    [31 * second, minute],
    [20 * minute, 30 * minute],
    [31 * minute, hour],
    [4 * hour, 6 * hour],
    [13 * hour, day],
    [3 * day, 5 * day],
    [60 * day, 100 * day],
  ];
  for (const [least, step] of cases)
    it(`is ${formatDuration(step)} for at least ${least} ns`, () => assert.equal(niceStep(least), step));
});

describe('niceTicks', () => {
  it('puts ticks at round times, the ends included', () => {
    assert.deepEqual(niceTicks(0, 100, 11), [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    assert.deepEqual(niceTicks(7, 33, 6), [10, 15, 20, 25, 30]);
    assert.deepEqual(niceTicks(-10, 10, 5), [-10, -5, 0, 5, 10]);
    assert.deepEqual(niceTicks(0, 3 * minute, 5), [0, minute, 2 * minute, 3 * minute]);
    assert.deepEqual(niceTicks(0, 2 * day, 5), [0, 12 * hour, day, 36 * hour, 2 * day]);
  });

  it('has none where there is no range or no room', () => {
    for (const [start, end, most] of [
      [0, 0, 10],
      [5, 4, 10],
      [0, 10, 0],
      [0, Infinity, 10],
      [NaN, 10, 10],
      [0, 10, NaN],
    ] as const)
      assert.deepEqual(niceTicks(start, end, most), []);
  });

  it('has at most as many as asked, at equal distances within the range, of any range', () => {
    const range = fc.tuple(
      fc.integer({ min: -1e15, max: 1e15 }),
      fc.integer({ min: 1, max: 1e15 }),
      fc.integer({ min: 1, max: 60 }),
    );
    fc.assert(
      fc.property(range, ([start, length, most]) => {
        const ticks = niceTicks(start, start + length, most);
        const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
        assert.ok(ticks.length <= most);
        ticks.forEach((tick, i) => {
          assert.ok(tick >= start && tick <= start + length);
          if (i > 0) assert.equal(tick - ticks[i - 1]!, step);
        });
        if (ticks.length > 1) assert.deepEqual([niceStep(step), Math.abs(ticks[0]! % step)], [step, 0]);
        // Room for four or more shows at least one: the next larger step is at most 2.5 times as long.
        if (most >= 4 && length >= 4) assert.ok(ticks.length >= 1);
      }),
    );
  });
});
