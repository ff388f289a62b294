import { compareSpans } from './compareSpans';
import { SpanIdIndex } from './spanIdIndex';
import type { SpanTable } from './spanTable';
import { RowFlaw } from './traceTree';

/** Who is below whom, in rows of the SpanTable. */
export interface ParentLinks {
  /** -1 for a root. Without cycles. */
  readonly parent: Int32Array;
  /** All rows, every parent before its children. */
  readonly order: Uint32Array;
}

/**
 * Finds every span's parent and marks in `flaws` (by table row) the spans whose parent is missing, and the earliest
 * span of each cycle, where the cycle is cut. A span that names itself is a cycle of one.
 */
export function linkParents(table: SpanTable, flaws: Uint8Array): ParentLinks {
  const { count, parentIdHigh, parentIdLow } = table;
  const earlier = (a: number, b: number): boolean =>
    compareSpans(table, table.start, table.duration, a, b) < 0;
  const index = new SpanIdIndex(table.spanIdHigh, table.spanIdLow, count, earlier);
  const parent = new Int32Array(count).fill(-1);
  for (let row = 0; row < count; row++) {
    const high = parentIdHigh[row] ?? 0;
    const low = parentIdLow[row] ?? 0;
    if (high === 0 && low === 0) continue;
    const found = index.rowOf(high, low);
    if (found < 0) flaws[row] = (flaws[row] ?? 0) | RowFlaw.MissingParent;
    else parent[row] = found;
  }
  return { parent, order: parentsFirst(parent, flaws, earlier) };
}

const enum Visit {
  None = 0,
  /** On the climb that is under way: to meet it again is a cycle. */
  Climbing = 1,
  Ordered = 2,
}

/** Orders the rows by climbing from each to the first ancestor that is ordered; cuts in `parent` the cycles it meets. */
function parentsFirst(
  parent: Int32Array,
  flaws: Uint8Array,
  earlier: (a: number, b: number) => boolean,
): Uint32Array {
  const count = parent.length;
  const visits = new Uint8Array(count);
  const climbed = new Uint32Array(count);
  const order = new Uint32Array(count);
  let ordered = 0;
  for (let from = 0; from < count; from++) {
    let height = 0;
    let row = from;
    while (row >= 0 && visits[row] !== Visit.Ordered) {
      if (visits[row] === Visit.Climbing) {
        // Climb once more without the link that is cut now; it happens once for each cycle.
        cutCycle(row, parent, flaws, earlier);
        for (let i = 0; i < height; i++) visits[climbed[i] ?? 0] = Visit.None;
        height = 0;
        row = from;
      }
      visits[row] = Visit.Climbing;
      climbed[height++] = row;
      row = parent[row] ?? -1;
    }
    while (height > 0) {
      const next = climbed[--height] ?? 0;
      visits[next] = Visit.Ordered;
      order[ordered++] = next;
    }
  }
  return order;
}

function cutCycle(
  row: number,
  parent: Int32Array,
  flaws: Uint8Array,
  earlier: (a: number, b: number) => boolean,
): void {
  let first = row;
  for (let next = parent[row] ?? -1; next !== row && next >= 0; next = parent[next] ?? -1)
    if (earlier(next, first)) first = next;
  parent[first] = -1;
  flaws[first] = (flaws[first] ?? 0) | RowFlaw.Cycle;
}
