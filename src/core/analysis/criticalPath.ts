import { SpanKind } from '../model/span';
import { sortRows } from '../tree/sortRows';
import type { SpanTable } from '../tree/spanTable';
import { RowFlaw, type TraceTree } from '../tree/traceTree';

/** Stretches of time in order, each with the row that decided it. They fill the deciding root without gap or overlap. */
export interface CriticalPath {
  readonly row: Uint32Array;
  /** ns from the table's base, as TraceTree.start. */
  readonly start: Float64Array;
  readonly end: Float64Array;
}

type Tree = Pick<TraceTree, 'count' | 'source' | 'parent' | 'descendants' | 'start' | 'duration' | 'flaws'>;

const consumer: number = SpanKind.Consumer;

/**
 * The critical path: which stretches of which spans decided when the trace's root ended. Shortening anything else does
 * not end it earlier. The rule is that of Jaeger UI (github.com/jaegertracing/jaeger-ui, TracePage/CriticalPath) and of
 * CRISP (Zhang et al., "CRISP: Critical Path Analysis of Large-Scale Microservice Architectures", USENIX ATC 2022):
 *
 * Walk back from the end of the root. The child that finished last is what the span waited for: the time after its end
 * is the span's own, the time before belongs to the child, which is walked in the same way. From the child's start, go
 * on in the span with the child that had finished last by then. Where no child had, the rest is the span's own.
 *
 * - Overlapping children: one that was still running when the next one started did not decide it, and is passed over.
 * - A child that began before or outlives its parent counts as far as it lies within; one wholly outside is no part.
 * - A Consumer below another span works on a message: nobody waits for it, so its subtree is no part.
 * - Of children that end together the one that began first counts: it explains more.
 * - A child that ends in the very nanosecond in which the next one starts comes before it (Jaeger UI wants a gap).
 * - Of several roots the longest decides, among those that truly have no parent if there is one, else among all.
 *
 * n log n at most, no recursion.
 */
export function criticalPath(tree: Tree, table: Pick<SpanTable, 'kind'>): CriticalPath {
  const walk = new Walk(tree, table.kind);
  return walk.from(decidingRoot(tree));
}

/** The root that criticalPath explains, or -1 in an empty trace. */
function decidingRoot({ count, descendants, duration, flaws }: Tree): number {
  const notTheFirst = RowFlaw.MissingParent | RowFlaw.Cycle;
  let best = -1;
  let bestIsTrue = false;
  for (let row = 0; row < count; row += 1 + (descendants[row] ?? 0)) {
    const isTrue = ((flaws[row] ?? 0) & notTheFirst) === 0;
    const isLonger = best < 0 || (duration[row] ?? 0) > (duration[best] ?? 0);
    if (best < 0 || (isTrue && !bestIsTrue) || (isTrue === bestIsTrue && isLonger)) {
      best = row;
      bestIsTrue = isTrue;
    }
  }
  return best;
}

/** The way back through the tree. A level is a span on the way from the root to where the walk is. */
class Walk {
  private levels = 0;
  private readonly rows: Uint32Array;
  /** Start of each level's row, clipped to all rows above. */
  private readonly starts: Float64Array;
  /** Where the children of each level begin in `children`. */
  private readonly childrenFrom: Uint32Array;
  /** The children of the levels, one level after the other, each with the last finishing one at its end. */
  private readonly children: Uint32Array;
  private childrenTo = 0;
  /** End of each row once it is in `children`, clipped to all rows above. */
  private readonly ends: Float64Array;
  /** What is explained so far: everything from here to the end. */
  private time = 0;
  /** The path, filled from the back. A row is left once more than it has children on the path: at most 2n stretches. */
  private readonly pathRow: Uint32Array;
  private readonly pathStart: Float64Array;
  private pathFrom: number;

  constructor(
    private readonly tree: Tree,
    private readonly kind: Uint8Array,
  ) {
    const { count } = tree;
    this.rows = new Uint32Array(count);
    this.starts = new Float64Array(count);
    this.childrenFrom = new Uint32Array(count);
    this.children = new Uint32Array(count);
    this.ends = new Float64Array(count);
    this.pathRow = new Uint32Array(2 * count);
    this.pathStart = new Float64Array(2 * count);
    this.pathFrom = 2 * count;
  }

  from(root: number): CriticalPath {
    const rootStart = this.tree.start[root] ?? 0;
    const rootEnd = rootStart + this.lengthOf(root);
    if (rootEnd > rootStart) {
      this.time = rootEnd;
      this.enter(root, rootStart);
      while (this.levels > 0) this.step();
    }
    const row = this.pathRow.slice(this.pathFrom);
    const start = this.pathStart.slice(this.pathFrom);
    const end = new Float64Array(row.length);
    end.set(start.subarray(1));
    if (row.length > 0) end[row.length - 1] = rootEnd;
    return { row, start, end };
  }

  private step(): void {
    const level = this.levels - 1;
    const row = this.rows[level] ?? 0;
    const start = this.starts[level] ?? 0;
    const childrenFrom = this.childrenFrom[level] ?? 0;
    while (this.childrenTo > childrenFrom) {
      const child = this.children[--this.childrenTo] ?? 0;
      const end = this.ends[child] ?? 0;
      if (end > this.time) continue;
      this.explain(row, end);
      this.enter(child, Math.max(start, this.tree.start[child] ?? 0));
      return;
    }
    this.explain(row, start);
    this.levels--;
  }

  /** Everything from `start` to where the walk is was decided by `row`. */
  private explain(row: number, start: number): void {
    if (start === this.time) return;
    this.time = start;
    this.pathFrom--;
    this.pathRow[this.pathFrom] = row;
    this.pathStart[this.pathFrom] = start;
  }

  /** Goes down to `row`, which reaches from `start` to where the walk is. */
  private enter(row: number, start: number): void {
    const { source, descendants } = this.tree;
    const from = this.childrenTo;
    this.rows[this.levels] = row;
    this.starts[this.levels] = start;
    this.childrenFrom[this.levels] = from;
    this.levels++;
    const last = row + (descendants[row] ?? 0);
    for (let child = row + 1; child <= last; child += 1 + (descendants[child] ?? 0)) {
      if (this.kind[source[child] ?? 0] === consumer) continue;
      const childStart = this.tree.start[child] ?? 0;
      const end = Math.min(childStart + this.lengthOf(child), this.time);
      if (end <= Math.max(childStart, start)) continue;
      this.ends[child] = end;
      this.children[this.childrenTo++] = child;
    }
    // By end, and of those that end together the first one last: the walk takes them from the back.
    sortRows(this.children.subarray(from, this.childrenTo), this.ends, (a, b) => b - a);
  }

  private lengthOf(row: number): number {
    return Math.max(0, this.tree.duration[row] ?? 0);
  }
}
