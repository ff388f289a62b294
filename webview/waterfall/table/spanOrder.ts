import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { sortRows } from '../../../src/core/tree/sortRows';
import type { TableSort } from '../../../src/protocol/viewOptions';

export const spanColumns = ['name', 'service', 'start', 'duration', 'self', 'path', 'status'] as const;
export type SpanColumn = (typeof spanColumns)[number];

export function isSpanColumn(text: string): text is SpanColumn {
  return spanColumns.some(column => column === text);
}

/** The rows among `rows` (ascending) in the order of a column; rows that are equal there stay in tree order. */
export function spanOrder(
  columns: TraceColumns,
  rows: Uint32Array,
  { by, descending }: TableSort,
  pathTime: Float64Array,
): Uint32Array {
  const order = rows.slice();
  const key = sortKey(columns, isSpanColumn(by) ? by : 'start', pathTime);
  // Negated rather than turned round, so that equal rows stay in tree order either way.
  sortRows(order, descending ? key.map(value => -value) : key, (a, b) => a - b);
  return order;
}

function sortKey(columns: TraceColumns, by: SpanColumn, pathTime: Float64Array): Float64Array {
  switch (by) {
    case 'name':
      return ranked(columns.name, columns.strings);
    case 'service':
      return ranked(columns.service, columns.strings);
    case 'start':
      return columns.start;
    case 'duration':
      return columns.spanDuration;
    case 'self':
      return columns.selfTime;
    case 'path':
      return pathTime;
    case 'status':
      return Float64Array.from(columns.status);
  }
}

/** Comparing by language takes long: where there are more texts than this they are compared by code unit. */
const mostCollated = 20_000;

/** For each row the place of its text in the alphabet, numbers in texts by their value. */
export function ranked(texts: Uint32Array, strings: readonly string[]): Float64Array {
  const used = [...new Set(texts)];
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const text = (index: number) => strings[index] ?? '';
  if (used.length <= mostCollated) used.sort((a, b) => compare(text(a), text(b)));
  else used.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
  const rank = new Float64Array(strings.length);
  used.forEach((index, place) => {
    rank[index] = place;
  });
  return Float64Array.from(texts, index => rank[index] ?? 0);
}

/** How much of the critical path each row decided, ns. */
export function pathTimes({ count, pathRow, pathStart, pathEnd }: TraceColumns): Float64Array {
  const times = new Float64Array(count);
  for (let at = 0; at < pathRow.length; at++) {
    const row = pathRow[at] ?? 0;
    times[row] = (times[row] ?? 0) + (pathEnd[at] ?? 0) - (pathStart[at] ?? 0);
  }
  return times;
}
