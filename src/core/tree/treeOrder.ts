import { compareSpans } from './compareSpans';
import type { ParentLinks } from './linkParents';
import type { PlacedTimes } from './placeInTime';
import { sortRows } from './sortRows';
import type { SpanTable } from './spanTable';

/** The shape of a TraceTree: see there. */
export interface TreeOrder {
  readonly source: Uint32Array;
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly descendants: Uint32Array;
}

/** Puts the rows of the table in tree order, roots and siblings in the order of compareSpans. No recursion. */
export function treeOrder(table: SpanTable, links: ParentLinks, times: PlacedTimes): TreeOrder {
  const { count } = table;
  const above = links.parent;
  const byStart = links.order.slice();
  sortRows(byStart, times.start, (a, b) => compareSpans(table, times.start, times.duration, a, b));

  // The children of a span as a linked list, filled from the end; entry `count` of firstChild is for the roots.
  const firstChild = new Int32Array(count + 1).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  for (let i = count - 1; i >= 0; i--) {
    const row = byStart[i] ?? 0;
    const list = listOf(above[row] ?? -1, count);
    nextSibling[row] = firstChild[list] ?? -1;
    firstChild[list] = row;
  }

  const source = new Uint32Array(count);
  const parent = new Int32Array(count);
  const depth = new Uint32Array(count);
  const placeOf = new Uint32Array(count);
  let row = firstChild[count] ?? -1;
  for (let place = 0; place < count && row >= 0; place++) {
    const tableParent = above[row] ?? -1;
    const parentPlace = tableParent < 0 ? -1 : (placeOf[tableParent] ?? 0);
    source[place] = row;
    placeOf[row] = place;
    parent[place] = parentPlace;
    depth[place] = parentPlace < 0 ? 0 : (depth[parentPlace] ?? 0) + 1;
    let next = firstChild[row] ?? -1;
    while (next < 0 && row >= 0) {
      next = nextSibling[row] ?? -1;
      row = above[row] ?? -1;
    }
    row = next;
  }

  const descendants = new Uint32Array(count);
  for (let place = count - 1; place > 0; place--) {
    const up = parent[place] ?? -1;
    if (up >= 0) descendants[up] = (descendants[up] ?? 0) + (descendants[place] ?? 0) + 1;
  }
  return { source, parent, depth, descendants };
}

function listOf(parent: number, roots: number): number {
  return parent < 0 ? roots : parent;
}
