import { InvalidColumnsError } from './invalidColumnsError';
import type { TraceColumns } from './traceColumns';

type Indices = Pick<
  TraceColumns,
  | 'count'
  | 'parent'
  | 'depth'
  | 'descendants'
  | 'name'
  | 'service'
  | 'pathRow'
  | 'pathStart'
  | 'pathEnd'
  | 'strings'
>;

/**
 * Checks that the columns are a tree in depth-first order and that every index leads somewhere, so that whoever walks
 * them ends. Linear.
 * @throws InvalidColumnsError
 */
export function checkTraceColumns(columns: Indices): void {
  const { count, parent, depth, descendants, name, service, pathRow, pathStart, pathEnd, strings } = columns;
  for (let row = 0; row < count; row++) {
    const above = parent[row] ?? -1;
    if (above < -1 || above >= row) throw broken(row, `its parent is row ${above}`);
    if (depth[row] !== (above < 0 ? 0 : (depth[above] ?? 0) + 1)) throw broken(row, 'its depth is wrong');
    const end = above < 0 ? count : above + (descendants[above] ?? 0) + 1;
    if (row + (descendants[row] ?? 0) + 1 > end)
      throw broken(row, 'its subtree reaches beyond that of its parent');
    if ((name[row] ?? 0) >= strings.length || (service[row] ?? 0) >= strings.length)
      throw broken(row, 'a string is missing');
  }
  // Subtrees that lie within their parents' and have as many rows as they have descendants leave room for no other
  // row: each is a run, and the order is depth first.
  const below = new Uint32Array(count);
  for (let row = count - 1; row >= 0; row--) {
    if (below[row] !== descendants[row]) throw broken(row, `it has ${below[row] ?? 0} descendants`);
    const above = parent[row] ?? -1;
    if (above >= 0) below[above] = (below[above] ?? 0) + (below[row] ?? 0) + 1;
  }
  for (let i = 0; i < pathRow.length; i++) {
    if ((pathRow[i] ?? 0) >= count)
      throw new InvalidColumnsError('the critical path leads to a row that is not there');
    if (!((pathStart[i] ?? 0) <= (pathEnd[i] ?? 0)))
      throw new InvalidColumnsError('the critical path runs backwards');
  }
}

function broken(row: number, why: string): InvalidColumnsError {
  return new InvalidColumnsError(`row ${row}: ${why}`);
}
