import assert from 'node:assert/strict';
import { niceStep } from '../../../../src/core/time/niceStep';
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
