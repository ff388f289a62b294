import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { flawRows, hop } from '../../../webview/waterfall/flaws/flawRows';
import { anyTable } from '../../unit/core/tree/support/anyTable';

describe('the spans that a flaw is about', () => {
  it('are as many as the flaw says, in any trace', () => {
    fc.assert(
      fc.property(anyTable, table => {
        const columns = buildTraceColumns('ab'.repeat(16), table);
        for (const { code, count } of columns.warnings)
          assert.equal(flawRows(columns, code).length, count, code);
      }),
    );
  });

  const hops: readonly (readonly [rows: number[], from: number, direction: 1 | -1, to: number])[] = [
    [[2, 5, 9], -1, 1, 2],
    [[2, 5, 9], 2, 1, 5],
    [[2, 5, 9], 3, 1, 5],
    [[2, 5, 9], 9, 1, 2],
    [[2, 5, 9], 5, -1, 2],
    [[2, 5, 9], 2, -1, 9],
    [[4], 4, 1, 4],
    [[], 4, 1, -1],
  ];
  for (const [rows, from, direction, to] of hops)
    it(`are gone through from ${from} ${direction === 1 ? 'on' : 'back'} in ${JSON.stringify(rows)} to ${to}`, () => {
      assert.equal(hop(Uint32Array.from(rows), from, direction), to);
    });
});
