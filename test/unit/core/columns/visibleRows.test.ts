import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTraceColumns } from '../../../../src/core/columns/buildTraceColumns';
import { nextErrorRow } from '../../../../src/core/columns/nextErrorRow';
import { errorOrigin } from '../../../../src/core/columns/errorOrigin';
import { pathToRoot } from '../../../../src/core/columns/pathToRoot';
import { SpanRowIndex } from '../../../../src/core/columns/spanRowIndex';
import { visibleRows } from '../../../../src/core/columns/visibleRows';
import { StatusCode } from '../../../../src/core/model/span';
import { trace } from '../../../fixtures/traces';
import { anyTable } from '../tree/support/anyTable';

const status = StatusCode.Error;
// Rows: 0 a, 1 b, 2 c, 3 d, 4 e, 5 f
const columns = buildTraceColumns(
  '0af7651916cd43dd8448eb211c80319c',
  trace(
    [
      'a',
      {},
      [
        ['b', { start: 1, status }, [['c', { start: 2 }, [['d', { start: 3 }]]]]],
        ['e', { start: 4, status }],
      ],
    ],
    ['f', { start: 5 }],
  ),
);

describe('errorOrigin', () => {
  const at = (row: number) => ['a', 'b', 'c', 'd', 'e', 'f'][row];

  it('is the first error without one below it', () => {
    assert.equal(at(errorOrigin(columns)), 'b');
    const failing = trace(['a', { status }, [['b', { start: 1, status }, [['c', { start: 2, status }]]]]]);
    assert.equal(errorOrigin(buildTraceColumns('0af7651916cd43dd8448eb211c80319c', failing)), 2);
  });

  it('is no row where nothing failed', () => {
    assert.equal(errorOrigin(buildTraceColumns('0af7651916cd43dd8448eb211c80319c', trace(['a', {}]))), -1);
  });
});

describe('visibleRows', () => {
  const cases: readonly (readonly [collapsed: number[], shown: number[]])[] = [
    [[], [0, 1, 2, 3, 4, 5]],
    [[1], [0, 1, 4, 5]],
    [[2], [0, 1, 2, 4, 5]],
    [
      [1, 2],
      [0, 1, 4, 5],
    ],
    [[0], [0, 5]],
    [
      [3, 5],
      [0, 1, 2, 3, 4, 5],
    ],
    [[99], [0, 1, 2, 3, 4, 5]],
  ];
  for (const [collapsed, shown] of cases)
    it(`shows ${shown.join()} when ${collapsed.join() || 'nothing'} is collapsed`, () => {
      assert.deepEqual([...visibleRows(columns, new Set(collapsed))], shown);
      const marks = new Uint8Array(columns.count);
      for (const row of collapsed) marks[row] = 1;
      assert.deepEqual([...visibleRows(columns, marks)], shown);
    });

  it('shows exactly the rows without a collapsed row above them, of any tree', () => {
    fc.assert(
      fc.property(anyTable, fc.uniqueArray(fc.nat({ max: 30 })), (table, rows) => {
        const any = buildTraceColumns('0af7651916cd43dd8448eb211c80319c', table);
        const collapsed = new Set(rows);
        const shown = Array.from({ length: any.count }, (_, row) => row).filter(
          row => !pathToRoot(any, row).some(above => collapsed.has(above)),
        );
        assert.deepEqual([...visibleRows(any, collapsed)], shown);
      }),
    );
  });
});

describe('pathToRoot', () => {
  it('names the rows above, nearest first', () => {
    assert.deepEqual(pathToRoot(columns, 3), [2, 1, 0]);
    assert.deepEqual(pathToRoot(columns, 5), []);
  });
});

describe('nextErrorRow', () => {
  const steps: readonly (readonly [from: number, direction: 1 | -1, to: number])[] = [
    [-1, 1, 1],
    [0, 1, 1],
    [1, 1, 4],
    [4, 1, 1],
    [5, 1, 1],
    [5, -1, 4],
    [4, -1, 1],
    [1, -1, 4],
    [0, -1, 4],
    [-1, -1, 4],
  ];
  for (const [from, direction, to] of steps)
    it(`goes from ${from} ${direction === 1 ? 'on' : 'back'} to ${to}`, () => {
      assert.equal(nextErrorRow(columns, from, direction), to);
    });

  it('stays at the only error, and finds none where there is none', () => {
    assert.equal(nextErrorRow({ count: 2, status: Uint8Array.of(0, 2) }, 1, 1), 1);
    assert.equal(nextErrorRow({ count: 2, status: Uint8Array.of(0, 2) }, 1, -1), 1);
    for (const direction of [1, -1] as const) {
      assert.equal(nextErrorRow({ count: 2, status: Uint8Array.of(0, 1) }, 0, direction), -1);
      assert.equal(nextErrorRow({ count: 0, status: Uint8Array.of() }, -1, direction), -1);
    }
  });
});

describe('SpanRowIndex', () => {
  it('finds the row of a span id in either case, and none for other text', () => {
    const index = new SpanRowIndex({
      count: 2,
      spanIdHigh: Uint32Array.of(0xabcdef01, 2),
      spanIdLow: Uint32Array.of(0xffffffff, 0),
    });
    assert.equal(index.rowOf('abcdef01ffffffff'), 0);
    assert.equal(index.rowOf('ABCDEF01FFFFFFFF'), 0);
    assert.equal(index.rowOf('0000000200000000'), 1);
    for (const none of ['0000000200000001', '', 'no id', 'abcdef01ffffffff0', '0000000000000000'])
      assert.equal(index.rowOf(none), -1);
  });
});
