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

/** Finds the runs: siblings one after the other that have service, kind and operation in common. Linear. */
export function findRepeats(tree: Tree, { operation, part, root = -1 }: RepeatsOptions): Repeats {
  const { count, descendants, service, kind, status, spanDuration } = tree;
  const first: number[] = [];
  const last: number[] = [];
  const members: number[] = [];
  const groupOf = new Int32Array(count).fill(-1);
  const past = root < 0 ? count : root + 1 + (descendants[root] ?? 0);

  for (let parent = root; parent < past; parent++) {
    const end = parent < 0 ? count : parent + 1 + (descendants[parent] ?? 0);
    let start = -1;
    let before = -1;
    let length = 0;
    const close = () => {
      if (length < fewestRepeats) return;
      const group = first.push(start) - 1;
      last.push(before);
      members.push(length);
      for (let row = start, left = length; left > 0; row += 1 + (descendants[row] ?? 0)) {
        if ((part?.(row) ?? RunPart.Member) !== RunPart.Member) continue;
        groupOf[row] = group;
        left--;
      }
    };
    for (let row = parent + 1; row < end; row += 1 + (descendants[row] ?? 0)) {
      const is = part?.(row) ?? RunPart.Member;
      if (is === RunPart.Absent) continue;
      const goesOn =
        is === RunPart.Member &&
        before >= 0 &&
        operation[row] === operation[before] &&
        service[row] === service[before] &&
        kind[row] === kind[before];
      if (!goesOn) {
        close();
        start = row;
        length = 0;
      }
      before = is === RunPart.Member ? row : -1;
      length = is === RunPart.Member ? length + 1 : 0;
    }
    close();
  }
  if (first.length === 0) return { ...noRepeats, groupOf };

  const total = new Float64Array(first.length);
  const least = new Float64Array(first.length).fill(Infinity);
  const most = new Float64Array(first.length);
  const errors = new Uint32Array(first.length);
  for (let row = 0; row < count; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0) continue;
    const duration = Math.max(0, spanDuration[row] ?? 0);
    total[group] = (total[group] ?? 0) + duration;
    least[group] = Math.min(least[group] ?? 0, duration);
    most[group] = Math.max(most[group] ?? 0, duration);
    if (status[row] === StatusCode.Error) errors[group] = (errors[group] ?? 0) + 1;
  }
  return {
    count: first.length,
    first: Uint32Array.from(first),
    last: Uint32Array.from(last),
    members: Uint32Array.from(members),
    total,
    least,
    most,
    errors,
    groupOf,
  };
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
