import type { TraceColumns } from '../../../src/core/columns/traceColumns';

type Tree = Pick<TraceColumns, 'count' | 'parent' | 'descendants'>;

/** The rows that are on screen when those marked in `folded` hide what is below them; ascending. */
export function visibleRows({ count, descendants }: Tree, folded: Uint8Array): Uint32Array {
  const rows = new Uint32Array(count);
  let length = 0;
  for (let row = 0; row < count; row += folded[row] ? 1 + (descendants[row] ?? 0) : 1) rows[length++] = row;
  return rows.subarray(0, length);
}

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

/** The rows above `row`, nearest first. */
export function ancestors({ parent }: Tree, row: number): number[] {
  const rows: number[] = [];
  for (let above = parent[row] ?? -1; above >= 0; above = parent[above] ?? -1) rows.push(above);
  return rows;
}
