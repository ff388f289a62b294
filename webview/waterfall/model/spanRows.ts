import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { parseSpanId, spanIdToHalves } from '../../../src/core/model/ids';

/** The row of a span, or -1. A scan: 1 ms for a million rows, and nothing to build or keep. */
export function rowOfSpan(columns: TraceColumns, spanId: string): number {
  const id = parseSpanId(spanId);
  if (id === undefined) return -1;
  const { high, low } = spanIdToHalves(id);
  for (let row = columns.spanIdLow.indexOf(low); row >= 0; row = columns.spanIdLow.indexOf(low, row + 1))
    if (columns.spanIdHigh[row] === high) return row;
  return -1;
}

/** The rows of those of `spanIds` that are in the trace. One pass over it, whatever the number of ids. */
export function rowsOfSpans(columns: TraceColumns, spanIds: Iterable<string>): Map<string, number> {
  const rows = new Map<string, number>();
  const marks = markSpans(columns, spanIds);
  for (let row = marks.indexOf(1); row >= 0; row = marks.indexOf(1, row + 1))
    rows.set(spanIdAt(columns, row), row);
  return rows;
}

/** Marks the rows of `spanIds` with 1. One pass over the trace, whatever the number of ids. */
export function markSpans(columns: TraceColumns, spanIds: Iterable<string>): Uint8Array {
  const marks = new Uint8Array(columns.count);
  const wanted = new Set(spanIds);
  if (wanted.size === 0) return marks;
  const lows = new Set([...wanted].map(id => Number.parseInt(id.slice(8), 16)));
  for (let row = 0; row < columns.count; row++)
    if (lows.has(columns.spanIdLow[row] ?? 0) && wanted.has(spanIdAt(columns, row))) marks[row] = 1;
  return marks;
}

/** The ids of the rows marked with 1. */
export function markedSpans(columns: TraceColumns, marks: Uint8Array): string[] {
  const ids: string[] = [];
  for (let row = marks.indexOf(1); row >= 0; row = marks.indexOf(1, row + 1))
    ids.push(spanIdAt(columns, row));
  return ids;
}
