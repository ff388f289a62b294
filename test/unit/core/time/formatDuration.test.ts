import assert from 'node:assert/strict';
import { formatDuration } from '../../../../src/core/time/formatDuration';

const second = 1e9;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('formatDuration', () => {
  const cases: readonly (readonly [ns: number | bigint, text: string])[] = [
    [0, '0 ns'],
    [850, '850 ns'],
    [0.4, '0 ns'],
    [999, '999 ns'],
    [999.6, '1 µs'],
    [1000, '1 µs'],
    [1234, '1.23 µs'],
    [12_345, '12.3 µs'],
    [123_456, '123 µs'],
    [999_499, '999 µs'],
    [999_500, '1 ms'],
    [1_230_000, '1.23 ms'],
    [1_200_000, '1.2 ms'],
    [9_996_000, '10 ms'],
    [4.5 * second, '4.5 s'],
    [59.94 * second, '59.9 s'],
    [59.96 * second, '1m'],
    [61 * second, '1m 1s'],
    [123 * second, '2m 3s'],
    [hour - 1, '1h'],
    [hour + 5 * minute + 20 * second, '1h 5m'],
    [day - 1, '1d'],
    [3 * day + 4 * hour + 5 * minute, '3d 4h'],
    [-1_500_000, '-1.5 ms'],
    [1_767_225_600_000_000_123n, '20454d'],
    [1234n, '1.23 µs'],
    [NaN, '–'],
    [Infinity, '–'],
  ];
  for (const [ns, text] of cases)
    it(`writes ${ns.toString()} ns as ${text}`, () => assert.equal(formatDuration(ns), text));

  const resolved: readonly (readonly [ns: number, resolution: number, text: string])[] = [
    [1_234_520_000, 20_000, '1.23452 s'],
    [1_234_500_000, 100_000, '1.2345 s'],
    [500_000_000, 100_000_000, '500 ms'],
    [1_500, 1, '1.5 µs'],
    [1_501, 1, '1.501 µs'],
    [1_000_001, 1, '1.000001 ms'],
    [2 * minute + 3.25 * second, second / 100, '2m 3.25s'],
    [hour + 2 * second, second, '1h 2s'],
    [day + 30 * minute, 15 * minute, '1d 30m'],
    [day, hour, '1d'],
    [0, 1000, '0 ns'],
  ];
  for (const [ns, resolution, text] of resolved)
    it(`writes ${ns} ns as ${text} where ${resolution} ns count`, () =>
      assert.equal(formatDuration(ns, resolution), text));
});
