import type { TraceColumns } from '../../../src/core/columns/traceColumns';

/**
 * The critical path by row. The stretches of rows r to s lie at order[first[r]] … order[first[s + 1] - 1]: since a
 * subtree is a run of rows, a folded row finds those of everything below it too.
 */
export interface PathIndex {
  /** count + 1 entries. */
  readonly first: Uint32Array;
  /** Indices into pathRow, pathStart and pathEnd. */
  readonly order: Uint32Array;
}

export function indexPath(columns: TraceColumns): PathIndex {
  const { count, pathRow } = columns;
  const first = new Uint32Array(count + 1);
  for (const row of pathRow) if (row < count) first[row + 1] = (first[row + 1] ?? 0) + 1;
  for (let row = 0; row < count; row++) first[row + 1] = (first[row + 1] ?? 0) + (first[row] ?? 0);
  const next = first.slice();
  const order = new Uint32Array(first[count] ?? 0);
  pathRow.forEach((row, stretch) => {
    if (row >= count) return;
    const at = next[row] ?? 0;
    order[at] = stretch;
    next[row] = at + 1;
  });
  return { first, order };
}
