import type { TraceColumns } from '../../../src/core/columns/traceColumns';

type Columns = Pick<TraceColumns, 'start' | 'spanDuration' | 'descendants'>;

/** With fewer children a pass over them is quicker than looking times up. */
const many = 4096;
/** A deep trace has as many spans with many descendants as it has spans. */
const mostKept = 500;

/**
 * When at least one child of a span was running, for spans of so many children that a pass over them would take longer
 * than a frame. Made by one pass; then a look-up is O(log children).
 */
export class ChildrenCover {
  /** Stretches in order that neither overlap nor touch, ns, and how much of the earlier ones lies before each. */
  private constructor(
    private readonly starts: Float64Array,
    private readonly ends: Float64Array,
    private readonly before: Float64Array,
  ) {}

  /** Undefined for a span with few children. Children come in the order of their start. */
  static of({ start, spanDuration, descendants }: Columns, row: number): ChildrenCover | undefined {
    const last = row + (descendants[row] ?? 0);
    let children = 0;
    for (let child = row + 1; child <= last; child += 1 + (descendants[child] ?? 0)) children++;
    if (children < many) return undefined;
    const starts = new Float64Array(children);
    const ends = new Float64Array(children);
    const before = new Float64Array(children);
    let at = -1;
    for (let child = row + 1; child <= last; child += 1 + (descendants[child] ?? 0)) {
      const from = start[child] ?? 0;
      const to = from + Math.max(0, spanDuration[child] ?? 0);
      if (at >= 0 && from <= (ends[at] ?? 0)) {
        ends[at] = Math.max(ends[at] ?? 0, to);
        continue;
      }
      at++;
      starts[at] = from;
      ends[at] = to;
      before[at] = at === 0 ? 0 : (before[at - 1] ?? 0) + (ends[at - 1] ?? 0) - (starts[at - 1] ?? 0);
    }
    return new ChildrenCover(starts.slice(0, at + 1), ends.slice(0, at + 1), before.slice(0, at + 1));
  }

  /** ns before `time` in which a child was running. */
  until(time: number): number {
    let low = -1;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= time) low = middle;
      else high = middle - 1;
    }
    if (low < 0) return 0;
    const from = this.starts[low] ?? 0;
    return (this.before[low] ?? 0) + Math.min(time, this.ends[low] ?? 0) - from;
  }
}

/** The covers of one trace, made when they are asked for. */
export class ChildrenCovers {
  private readonly known = new Map<number, ChildrenCover | undefined>();

  constructor(private readonly columns: Columns) {}

  get(row: number): ChildrenCover | undefined {
    if ((this.columns.descendants[row] ?? 0) < many) return undefined;
    if (this.known.has(row)) return this.known.get(row);
    if (this.known.size >= mostKept) this.known.clear();
    const cover = ChildrenCover.of(this.columns, row);
    this.known.set(row, cover);
    return cover;
  }
}
