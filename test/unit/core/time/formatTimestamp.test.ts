import assert from 'node:assert/strict';
import { formatTimestamp } from '../../../../src/core/time/formatTimestamp';

describe('formatTimestamp', () => {
  const cases: readonly (readonly [ns: bigint, digits: number | undefined, text: string])[] = [
    [1_767_225_600_987_654_321n, undefined, '2026-01-01 00:00:00.987Z'],
    [1_767_225_600_987_654_321n, 9, '2026-01-01 00:00:00.987654321Z'],
    [1_767_225_600_987_654_321n, 0, '2026-01-01 00:00:00Z'],
    [1_767_225_600_000_000_001n, 9, '2026-01-01 00:00:00.000000001Z'],
    [0n, undefined, '1970-01-01 00:00:00.000Z'],
    [-1n, 9, '1969-12-31 23:59:59.999999999Z'],
    [2n ** 64n - 1n, 3, '2554-07-21 23:34:33.709Z'],
    [10n ** 30n, 3, '1000000000000000000000000000000 ns'],
  ];
  for (const [ns, digits, text] of cases)
    it(`writes ${ns.toString()} with ${digits ?? 'the usual'} digits as ${text}`, () => {
      assert.equal(formatTimestamp(ns, { utc: true, ...(digits === undefined ? {} : { digits }) }), text);
    });

  it('writes local time unless UTC is asked for', () => {
    const local = new Date(2026, 5, 7, 8, 9, 10, 11);
    assert.equal(formatTimestamp(BigInt(local.getTime()) * 1_000_000n), '2026-06-07 08:09:10.011');
  });
});
