import type { TraceColumns } from '../../columns/traceColumns';
import { StatusCode } from '../../model/span';

/** Runs of siblings that do the same, as columns; entry g of each is the same run. Times in ns. */
export interface Repeats {
  readonly count: number;
  /** Row of the first member, and of the last. */
  readonly first: Uint32Array;
  readonly last: Uint32Array;
  readonly members: Uint32Array;
  /** Of the members' durations; a span that ends before it starts counts 0. */
  readonly total: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Members that failed. */
  readonly errors: Uint32Array;
  /** For each row the run that it is a member of, or -1. */
  readonly groupOf: Int32Array;
}

/** Two calls are a coincidence; from three on one line says more than the calls do. */
export const fewestRepeats = 3;

/** What a row is to the run that its siblings may form. */
export const enum RunPart {
  Member,
  /** As if it were not there: the siblings on either side of it are next to each other. */
  Absent,
  /** In no run, and ends one. */
  Break,
}

export interface RepeatsOptions {
  /** For each row what it does, beside its service and kind: rows with the same number do the same. */
  readonly operation: Uint32Array;
  /** Every row is a Member unless given. */
  readonly part?: (row: number) => RunPart;
  /** Runs are looked for below this row; -1 (all of the trace) unless given. */
  readonly root?: number;
}

type Tree = Pick<
  TraceColumns,
  'count' | 'parent' | 'descendants' | 'service' | 'kind' | 'status' | 'spanDuration'
>;

/**
 * Finds the runs: siblings one after the other that have service, kind and operation in common, in the order of their
 * first members. Two passes over the rows.
 */
export function findRepeats(tree: Tree, { operation, part, root = -1 }: RepeatsOptions): Repeats {
  const { count, parent, descendants, service, kind } = tree;
  const past = root < 0 ? count : root + 1 + (descendants[root] ?? 0);
  /** First member of the run that a row is in, or -1; of runs of any length. */
  const runOf = new Int32Array(count).fill(-1);
  /** By first member. */
  const length = new Uint32Array(count);
  /** Entry p + 1: the child of row p that the next one may follow, or -1. */
  const before = new Int32Array(count + 1).fill(-1);
  let groups = 0;
  for (let row = root + 1; row < past; row++) {
    const above = (parent[row] ?? -1) + 1;
    const is = part === undefined ? RunPart.Member : part(row);
    if (is === RunPart.Absent) continue;
    if (is === RunPart.Break) {
      before[above] = -1;
      continue;
    }
    const other = before[above] ?? -1;
    const goesOn =
      other >= 0 &&
      operation[row] === operation[other] &&
      service[row] === service[other] &&
      kind[row] === kind[other];
    const first = goesOn ? (runOf[other] ?? row) : row;
    const members = (length[first] ?? 0) + 1;
    runOf[row] = first;
    length[first] = members;
    before[above] = row;
    if (members === fewestRepeats) groups++;
  }
  return { ...sumUp(tree, groups, runOf, length), groupOf: runOf };
}

/** Numbers the runs that are long enough, and makes `runOf` the groupOf of Repeats: the number of each row's run, or -1. */
function sumUp(
  { count, status, spanDuration }: Tree,
  groups: number,
  runOf: Int32Array,
  length: Uint32Array,
): Omit<Repeats, 'groupOf'> {
  const first = new Uint32Array(groups);
  const last = new Uint32Array(groups);
  const members = new Uint32Array(groups);
  const total = new Float64Array(groups);
  const least = new Float64Array(groups).fill(Infinity);
  const most = new Float64Array(groups);
  const errors = new Uint32Array(groups);
  let known = 0;
  for (let row = 0; row < count; row++) {
    const run = runOf[row] ?? -1;
    if (run < 0) continue;
    if (run === row && (length[row] ?? 0) >= fewestRepeats) {
      first[known] = row;
      members[known] = length[row] ?? 0;
      // The first member's own entry tells the others the number.
      runOf[row] = known++;
    } else if (run === row) runOf[row] = -1;
    else runOf[row] = runOf[run] ?? -1;
    const group = runOf[row] ?? -1;
    if (group < 0) continue;
    const duration = Math.max(0, spanDuration[row] ?? 0);
    last[group] = row;
    total[group] = (total[group] ?? 0) + duration;
    least[group] = Math.min(least[group] ?? 0, duration);
    most[group] = Math.max(most[group] ?? 0, duration);
    if (status[row] === StatusCode.Error) errors[group] = (errors[group] ?? 0) + 1;
  }
  return { count: groups, first, last, members, total, least, most, errors };
}

export const noRepeats: Repeats = {
  count: 0,
  first: new Uint32Array(),
  last: new Uint32Array(),
  members: new Uint32Array(),
  total: new Float64Array(),
  least: new Float64Array(),
  most: new Float64Array(),
  errors: new Uint32Array(),
  groupOf: new Int32Array(),
};
