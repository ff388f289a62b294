import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { childRows } from '../../../src/editor/traces/nodes';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';

/** Only what childRows reads: root(a(b, c), d), second root e. */
const columns = { count: 6, descendants: Uint32Array.of(4, 2, 0, 0, 0, 0) } as unknown as TraceColumns;

describe('children of a row', () => {
  it('are found by skipping over whole subtrees', () => {
    assert.deepEqual(childRows(columns, -1, 10), { rows: [0, 5], total: 2 });
    assert.deepEqual(childRows(columns, 0, 10), { rows: [1, 4], total: 2 });
    assert.deepEqual(childRows(columns, 1, 10), { rows: [2, 3], total: 2 });
    assert.deepEqual(childRows(columns, 5, 10), { rows: [], total: 0 });
  });

  it('are counted beyond the page that is shown', () => {
    assert.deepEqual(childRows(columns, 1, 1), { rows: [2], total: 2 });
  });
});
