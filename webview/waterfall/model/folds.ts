import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import type { ViewState } from '../../../src/protocol/waterfallProtocol';
import { markSpans } from './spanRows';

/** Which rows are folded, in a form that outlives the snapshot and stays small where nearly all of a large trace is folded. */
export interface Folds {
  /** From this depth on all rows with children are folded; undefined = none are. */
  readonly from: number | undefined;
  /** The spans of the rows of which that is not true. */
  readonly spanIds: readonly string[];
  /** How many more of those there are, left out because they are too many. */
  readonly left: number;
}

export const noFolds: Folds = { from: undefined, spanIds: [], left: 0 };

/** No more spans are named in the state that is saved: 200 kB. */
export const mostSaved = 10_000;

/** So many folds are each a choice of the reader, and kept as they are: what arrives later is not folded. */
const fewFolds = 1000;

/** The folds of rows marked 1, with no more ids than `most`. A few passes over the trace. */
export function foldsOf(columns: TraceColumns, folded: Uint8Array, most = Infinity): Folds {
  const from = bestDepth(columns, folded);
  const spanIds: string[] = [];
  let left = 0;
  for (let row = 0; row < columns.count; row++) {
    if (!isFold(columns, row) || isFoldedFrom(columns, row, from) === (folded[row] === 1)) continue;
    if (spanIds.length < most) spanIds.push(spanIdAt(columns, row));
    else left++;
  }
  return { from, spanIds, left };
}

/** As they are kept in the state of the page. */
export function foldsToSave({ from, spanIds }: Folds): Pick<ViewState, 'collapsed' | 'collapsedFrom'> {
  const collapsed = [...spanIds];
  return from === undefined ? { collapsed } : { collapsed, collapsedFrom: from };
}

export function savedFolds({ collapsed, collapsedFrom }: ViewState): Folds {
  return { from: collapsedFrom, spanIds: collapsed, left: 0 };
}

/** Marks the rows of these folds with 1. */
export function markFolds(columns: TraceColumns, { from, spanIds }: Folds): Uint8Array {
  const marks = markSpans(columns, spanIds);
  if (from === undefined) return marks;
  for (let row = 0; row < columns.count; row++)
    if (isFold(columns, row) && isFoldedFrom(columns, row, from)) marks[row] = marks[row] === 1 ? 0 : 1;
  return marks;
}

/** The depth that leaves the fewest exceptions; undefined where few rows are folded, or no depth is of use. */
function bestDepth(columns: TraceColumns, folded: Uint8Array): number | undefined {
  let total = 0;
  let deepest = 0;
  for (let row = 0; row < columns.count; row++) {
    if (folded[row] === 1 && isFold(columns, row)) total++;
    deepest = Math.max(deepest, columns.depth[row] ?? 0);
  }
  if (total <= fewFolds) return undefined;
  /** By depth: how many more rows are folded than could be and are not. */
  const surplus = new Int32Array(deepest + 1);
  for (let row = 0; row < columns.count; row++) {
    if (!isFold(columns, row)) continue;
    const depth = columns.depth[row] ?? 0;
    surplus[depth] = (surplus[depth] ?? 0) + (folded[row] === 1 ? 1 : -1);
  }
  // From a depth on, exceptions are those that are not folded, in place of those that are.
  let best: number | undefined;
  let most = 0;
  let sum = 0;
  for (let depth = deepest; depth >= 0; depth--) {
    sum += surplus[depth] ?? 0;
    if (sum <= most) continue;
    most = sum;
    best = depth;
  }
  return best;
}

function isFold({ descendants }: TraceColumns, row: number): boolean {
  return (descendants[row] ?? 0) > 0;
}

function isFoldedFrom({ depth }: TraceColumns, row: number, from: number | undefined): boolean {
  return from !== undefined && (depth[row] ?? 0) >= from;
}
