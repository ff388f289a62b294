import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { StatusCode } from '../../../src/core/model/span';

/**
 * Where each span lies in a flame graph that grows downwards: a span is below its parent, in the first lane that is
 * free. Spans that run at the same time below one parent lie under each other, each with all that is below it, so that
 * no span covers another. In every lane spans come in the order of time.
 */
export interface FlameLayout {
  readonly lanes: number;
  /** Lane of each row; `unplaced` where the row is not shown. */
  readonly lane: Uint32Array;
  /** lanes + 1 entries: the spans of lane l are order[first[l]] … order[first[l + 1] - 1]. */
  readonly first: Uint32Array;
  readonly order: Uint32Array;
  /** Errors among order[0] … order[i - 1], so that those of a run of spans are a difference. */
  readonly errorsBefore: Uint32Array;
}

export const unplaced = 0xffffffff;

/** How many lanes are tried before a span goes below all others: a million parallel spans must not take for ever. */
const mostTries = 128;

type Columns = Pick<TraceColumns, 'count' | 'parent' | 'descendants' | 'start' | 'spanDuration' | 'status'>;

/** `shown`: rows to place, ascending. A row whose parent is not shown lies below its nearest ancestor that is. */
export function flameLayout(columns: Columns, shown: Uint32Array): FlameLayout {
  const parent = shownParents(columns, shown);
  const offset = placeSubtrees(columns, shown, parent);
  const lane = new Uint32Array(columns.count).fill(unplaced);
  let lanes = 0;
  for (const row of shown) {
    const above = parent[row] ?? -1;
    const at = (above < 0 ? 0 : (lane[above] ?? 0) + 1) + (offset[row] ?? 0);
    lane[row] = at;
    if (at >= lanes) lanes = at + 1;
  }
  return { lanes, lane, ...orderLanes(columns, shown, lane, lanes) };
}

/** The nearest shown ancestor of each shown row, or -1. */
function shownParents({ count, parent }: Columns, shown: Uint32Array): Int32Array {
  const isShown = new Uint8Array(count);
  for (const row of shown) isShown[row] = 1;
  const nearest = new Int32Array(count).fill(-1);
  for (let row = 0; row < count; row++) {
    const above = parent[row] ?? -1;
    if (above >= 0) nearest[row] = isShown[above] ? above : (nearest[above] ?? -1);
  }
  return nearest;
}

/** For each shown row how many lanes it lies below the first one under its parent. */
function placeSubtrees(
  { count, start, spanDuration }: Columns,
  shown: Uint32Array,
  parent: Int32Array,
): Uint32Array {
  const offset = new Uint32Array(count);
  const height = new Uint32Array(count);
  // When the earliest and the latest span of a subtree begin and end: asynchronous spans outlive their parents.
  const from = new Float64Array(count);
  const to = new Float64Array(count);
  const { firstChild, nextSibling, firstRoot } = linkChildren(count, shown, parent);
  const shelf = new Shelf();
  const place = (first: number): number => {
    shelf.clear();
    for (let child = first; child >= 0; child = nextSibling[child] ?? -1)
      offset[child] = shelf.place(from[child] ?? 0, to[child] ?? 0, height[child] ?? 1);
    return shelf.height;
  };
  // Children have larger rows than their parents, so that all subtrees of a row are done when it is its turn.
  for (let at = shown.length - 1; at >= 0; at--) {
    const row = shown[at] ?? 0;
    const begin = start[row] ?? 0;
    let earliest = begin;
    // A span that took no time still needs a place of its own.
    let latest = begin + Math.max(1, spanDuration[row] ?? 0);
    for (let child = firstChild[row] ?? -1; child >= 0; child = nextSibling[child] ?? -1) {
      earliest = Math.min(earliest, from[child] ?? 0);
      latest = Math.max(latest, to[child] ?? 0);
    }
    from[row] = earliest;
    to[row] = latest;
    height[row] = 1 + place(firstChild[row] ?? -1);
  }
  place(firstRoot);
  return offset;
}

function linkChildren(count: number, shown: Uint32Array, parent: Int32Array) {
  const firstChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  let firstRoot = -1;
  for (let at = shown.length - 1; at >= 0; at--) {
    const row = shown[at] ?? 0;
    const above = parent[row] ?? -1;
    nextSibling[row] = above < 0 ? firstRoot : (firstChild[above] ?? -1);
    if (above < 0) firstRoot = row;
    else firstChild[above] = row;
  }
  return { firstChild, nextSibling, firstRoot };
}

/** The lanes below one parent, and until when each is taken. */
class Shelf {
  height = 0;
  private readonly takenUntil: number[] = [];
  private latest = -Infinity;
  private used = 0;
  /** Until when the lanes beyond `used` may be taken. */
  private forgottenUntil = -Infinity;

  clear(): void {
    this.height = 0;
    this.used = 0;
    this.latest = -Infinity;
    this.forgottenUntil = -Infinity;
  }

  /** The first of `lanes` neighbouring lanes that are free from `from` on; takes them until `to`. */
  place(from: number, to: number, lanes: number): number {
    // Mostly one call follows the other: all lanes are free again.
    if (from >= this.latest) {
      this.used = 0;
      this.forgottenUntil = this.latest;
    }
    // A span may begin before its parent, and so a subtree before the one that was placed before it.
    else if (from < this.forgottenUntil) this.used = this.height;
    const at = this.find(from, lanes);
    for (let lane = at; lane < at + lanes; lane++) this.takenUntil[lane] = to;
    this.used = Math.max(this.used, at + lanes);
    this.height = Math.max(this.height, this.used);
    this.latest = Math.max(this.latest, to);
    return at;
  }

  private find(from: number, lanes: number): number {
    let free = 0;
    const end = Math.min(this.used, mostTries);
    for (let lane = 0; lane < end; lane++) {
      free = (this.takenUntil[lane] ?? 0) <= from ? free + 1 : 0;
      if (free === lanes) return lane + 1 - lanes;
    }
    // Free lanes at the end go on below it, but for where not all were looked at.
    return end === this.used ? this.used - free : this.used;
  }
}

function orderLanes({ status }: Columns, shown: Uint32Array, lane: Uint32Array, lanes: number) {
  const first = new Uint32Array(lanes + 1);
  for (const row of shown) {
    const at = (lane[row] ?? 0) + 1;
    first[at] = (first[at] ?? 0) + 1;
  }
  for (let at = 0; at < lanes; at++) first[at + 1] = (first[at + 1] ?? 0) + (first[at] ?? 0);
  const next = first.slice();
  const order = new Uint32Array(shown.length);
  for (const row of shown) {
    const at = lane[row] ?? 0;
    const place = next[at] ?? 0;
    order[place] = row;
    next[at] = place + 1;
  }
  const errorsBefore = new Uint32Array(order.length + 1);
  for (let place = 0; place < order.length; place++)
    errorsBefore[place + 1] =
      (errorsBefore[place] ?? 0) + (status[order[place] ?? 0] === StatusCode.Error ? 1 : 0);
  return { first, order, errorsBefore };
}
