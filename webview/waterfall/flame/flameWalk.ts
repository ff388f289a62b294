import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { unplaced, type FlameLayout } from './flameLayout';

type Tree = Pick<TraceColumns, 'count' | 'parent' | 'descendants'>;

/** The nearest ancestor of a row that is shown, or -1. */
export function parentOf({ parent }: Tree, { lane }: FlameLayout, row: number): number {
  let above = parent[row] ?? -1;
  while (above >= 0 && lane[above] === unplaced) above = parent[above] ?? -1;
  return above;
}

/** The first row below a row that is shown, or -1. */
export function childOf({ descendants }: Tree, { lane }: FlameLayout, row: number): number {
  const last = row + (descendants[row] ?? 0);
  for (let below = row + 1; below <= last; below++) if (lane[below] !== unplaced) return below;
  return -1;
}

/** The shown row before (-1) or after (1) a row below the same parent, or -1. */
export function siblingOf(tree: Tree, layout: FlameLayout, row: number, direction: 1 | -1): number {
  const parent = parentOf(tree, layout, row);
  const end = parent < 0 ? tree.count : parent + 1 + (tree.descendants[parent] ?? 0);
  let before = -1;
  let next = parent + 1;
  while (next < end) {
    if (layout.lane[next] === unplaced) {
      next++;
      continue;
    }
    if (direction === -1 && next === row) return before;
    if (direction === 1 && next > row) return next;
    before = next;
    next += 1 + (tree.descendants[next] ?? 0);
  }
  return -1;
}

/** Place of a row among the shown rows below the same parent, from 1, and how many they are. */
export function placeAmongSiblings(
  tree: Tree,
  layout: FlameLayout,
  row: number,
): { readonly place: number; readonly of: number } {
  const parent = parentOf(tree, layout, row);
  const end = parent < 0 ? tree.count : parent + 1 + (tree.descendants[parent] ?? 0);
  let place = 0;
  let of = 0;
  for (let next = parent + 1; next < end;) {
    if (layout.lane[next] === unplaced) {
      next++;
      continue;
    }
    of++;
    if (next === row) place = of;
    next += 1 + (tree.descendants[next] ?? 0);
  }
  return { place, of };
}
