import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { RowFlaw, type TraceWarning } from '../../../src/core/tree/traceTree';

const flawOf: Record<Exclude<TraceWarning['code'], 'several-roots'>, RowFlaw> = {
  'missing-parent': RowFlaw.MissingParent,
  cycle: RowFlaw.Cycle,
  'clock-skew': RowFlaw.ClockSkew,
  'negative-duration': RowFlaw.NegativeDuration,
  'zero-time': RowFlaw.ZeroTime,
  dropped: RowFlaw.Dropped,
};

/** The rows that a flaw of the trace is about, ascending. */
export function flawRows(
  { count, flaws, parent }: Pick<TraceColumns, 'count' | 'flaws' | 'parent'>,
  code: TraceWarning['code'],
): Uint32Array {
  const rows = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) {
    const rowFlaws = flaws[row] ?? 0;
    const concerned =
      code === 'several-roots'
        ? parent[row] === -1 && (rowFlaws & (RowFlaw.MissingParent | RowFlaw.Cycle)) === 0
        : (rowFlaws & flawOf[code]) !== 0;
    if (concerned) rows[found++] = row;
  }
  return rows.slice(0, found);
}

/** The row among `rows` (ascending) after (1) or before (-1) `from`, going around the end; -1 where there are none. */
export function hop(rows: Uint32Array, from: number, direction: 1 | -1): number {
  const after = direction === 1 ? rows.findIndex(row => row > from) : rows.findLastIndex(row => row < from);
  return (after >= 0 ? rows[after] : rows.at(direction === 1 ? 0 : -1)) ?? -1;
}
