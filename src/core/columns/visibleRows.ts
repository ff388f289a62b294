import type { TraceColumns } from './traceColumns';

/**
 * The rows that are shown, ascending, when those in `collapsed` hide everything below them: a set of rows, or a mark
 * (not 0) for each row. Linear in what is shown: a collapsed subtree is stepped over, however large.
 */
export function visibleRows(
  { count, descendants }: Pick<TraceColumns, 'count' | 'descendants'>,
  collapsed: ReadonlySet<number> | Uint8Array,
): Uint32Array {
  const marks = collapsed instanceof Uint8Array ? collapsed : marksOf(collapsed, count);
  const rows = new Uint32Array(count);
  let shown = 0;
  for (let row = 0; row < count; row += marks[row] ? 1 + (descendants[row] ?? 0) : 1) rows[shown++] = row;
  return rows.subarray(0, shown);
}

function marksOf(rows: ReadonlySet<number>, count: number): Uint8Array {
  const marks = new Uint8Array(count);
  for (const row of rows) if (row < count) marks[row] = 1;
  return marks;
}
