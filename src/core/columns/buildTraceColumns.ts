import { criticalPath } from '../analysis/criticalPath';
import { selfTime } from '../analysis/selfTime';
import { StatusCode } from '../model/span';
import { buildTree, type TreeOptions } from '../tree/buildTree';
import type { SpanTable } from '../tree/spanTable';
import type { TraceTree } from '../tree/traceTree';
import type { TraceColumns } from './traceColumns';

/** The snapshot of a trace: its tree, self times, critical path and errors. `traceId`: 32 hex digits. */
export function buildTraceColumns(traceId: string, table: SpanTable, options?: TreeOptions): TraceColumns {
  const tree = buildTree(table, options);
  const { source, parent, depth, descendants, skew, category, flaws, warnings } = tree;
  const path = criticalPath(tree, table);
  const status = pick(table.status, source, new Uint8Array(tree.count));
  const { earliest, latest } = extent(tree);
  const texts = new UsedStrings(table.strings);
  return {
    traceId,
    // Placing spans of unknown or skewed time moves the earliest start; the snapshot counts from the one it shows.
    base: table.base + BigInt(Math.floor(earliest)),
    duration: latest - Math.floor(earliest),
    count: tree.count,
    warnings,
    spanIdHigh: pick(table.spanIdHigh, source, new Uint32Array(tree.count)),
    spanIdLow: pick(table.spanIdLow, source, new Uint32Array(tree.count)),
    parentIdHigh: pick(table.parentIdHigh, source, new Uint32Array(tree.count)),
    parentIdLow: pick(table.parentIdLow, source, new Uint32Array(tree.count)),
    parent,
    depth,
    descendants,
    start: minus(tree.start, Math.floor(earliest)),
    spanDuration: tree.duration,
    selfTime: selfTime(tree),
    skew,
    name: texts.pick(table.name, source),
    service: texts.pick(table.service, source),
    kind: pick(table.kind, source, new Uint8Array(tree.count)),
    status,
    category,
    features: pick(table.features, source, new Uint8Array(tree.count)),
    flaws,
    errors: errorsOfSubtrees(status, parent),
    pathRow: path.row,
    pathStart: minus(path.start, Math.floor(earliest)),
    pathEnd: minus(path.end, Math.floor(earliest)),
    strings: texts.strings,
  };
}

function pick<Column extends Uint32Array | Uint8Array>(
  from: Column,
  source: Uint32Array,
  to: Column,
): Column {
  for (let row = 0; row < source.length; row++) to[row] = from[source[row] ?? 0] ?? 0;
  return to;
}

function minus(times: Float64Array, origin: number): Float64Array {
  return origin === 0 ? times : times.map(time => time - origin);
}

function extent({ count, start, duration }: TraceTree): { earliest: number; latest: number } {
  if (count === 0) return { earliest: 0, latest: 0 };
  let earliest = Infinity;
  let latest = -Infinity;
  for (let row = 0; row < count; row++) {
    const from = start[row] ?? 0;
    if (from < earliest) earliest = from;
    const end = from + Math.max(0, duration[row] ?? 0);
    if (end > latest) latest = end;
  }
  return { earliest, latest };
}

function errorsOfSubtrees(status: Uint8Array, parent: Int32Array): Uint32Array {
  const failed: number = StatusCode.Error;
  const errors = new Uint32Array(status.length);
  for (let row = status.length - 1; row >= 0; row--) {
    if (status[row] === failed) errors[row] = (errors[row] ?? 0) + 1;
    const above = parent[row] ?? -1;
    if (above >= 0) errors[above] = (errors[above] ?? 0) + (errors[row] ?? 0);
  }
  return errors;
}

/** The strings that a column names, numbered by their first use: the table of the store may hold far more. */
class UsedStrings {
  readonly strings: string[] = [];
  private readonly numbers: Int32Array;

  constructor(private readonly all: readonly string[]) {
    this.numbers = new Int32Array(all.length).fill(-1);
  }

  pick(column: Uint32Array, source: Uint32Array): Uint32Array {
    const picked = new Uint32Array(source.length);
    for (let row = 0; row < source.length; row++) {
      const index = column[source[row] ?? 0] ?? 0;
      let number = this.numbers[index] ?? -1;
      if (number < 0) {
        number = this.strings.push(this.all[index] ?? '') - 1;
        this.numbers[index] = number;
      }
      picked[row] = number;
    }
    return picked;
  }
}
