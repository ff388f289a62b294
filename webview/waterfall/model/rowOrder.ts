import type { TraceColumns } from '../../../src/core/columns/traceColumns';

type Tree = Pick<TraceColumns, 'count' | 'parent'>;

/** The place of `row` in `visible`, or -1 where it is hidden. */
export function placeOf(visible: Uint32Array, row: number): number {
  let low = 0;
  let high = visible.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = visible[middle] ?? 0;
    if (found === row) return middle;
    if (found < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Position among its siblings (from 1), and how many there are, for every row; for aria-posinset and aria-setsize. */
export interface Siblings {
  readonly position: Uint32Array;
  size(row: number): number;
}

export function siblings({ count, parent }: Tree): Siblings {
  // Entry 0 counts the roots, entry p + 1 the children of row p.
  const children = new Uint32Array(count + 1);
  const position = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    const of = (parent[row] ?? -1) + 1;
    position[row] = children[of] = (children[of] ?? 0) + 1;
  }
  return { position, size: row => children[(parent[row] ?? -1) + 1] ?? 1 };
}
