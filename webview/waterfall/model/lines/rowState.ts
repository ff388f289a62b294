import type { TraceColumns } from '../../../../src/core/columns/traceColumns';

/** Whether a row is among those that the reader wants to see. */
export const enum RowState {
  Shown,
  /** Hidden, and so is all below it. */
  Pruned,
  /** Hidden, with spans below that are shown: a note stands in its place, so that they keep their ancestors. */
  Noted,
  /** Left out by a filter that leaves no note. */
  Out,
}

export interface RowStates {
  readonly states: Uint8Array;
  /** Entry p + 1: whether a child of row p is pruned; entry 0 is about the roots. */
  readonly prunedBelow: Uint8Array;
}

/**
 * The state of each row where some are hidden (marked 1 in `hide`) or only some are kept (marked 1 in `keep`; their
 * ancestors are kept too). undefined where all are shown. Linear.
 */
export function rowStates(
  { count, parent }: Pick<TraceColumns, 'count' | 'parent'>,
  hide: Uint8Array | undefined,
  keep: Uint8Array | undefined,
): RowStates | undefined {
  if (!hide && !keep) return undefined;
  const states = new Uint8Array(count);
  const prunedBelow = new Uint8Array(count + 1);
  /** Entry p + 1: a child of row p is seen, or kept. */
  const seen = new Uint8Array(count + 1);
  const kept = new Uint8Array(count + 1);
  // A parent comes before its children: from the end, all below a row is known when it is reached.
  for (let row = count - 1; row >= 0; row--) {
    const above = (parent[row] ?? -1) + 1;
    if (keep && !keep[row] && !kept[row + 1]) {
      states[row] = RowState.Out;
      continue;
    }
    kept[above] = 1;
    if (!hide?.[row]) seen[above] = 1;
    else if (seen[row + 1]) {
      states[row] = RowState.Noted;
      seen[above] = 1;
    } else {
      states[row] = RowState.Pruned;
      prunedBelow[above] = 1;
    }
  }
  return { states, prunedBelow };
}
