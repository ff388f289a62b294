import type { TraceColumns } from './traceColumns';

/** The rows above `row`, nearest first; the last one is a root. */
export function pathToRoot({ parent }: Pick<TraceColumns, 'parent'>, row: number): number[] {
  const rows: number[] = [];
  for (let above = parent[row] ?? -1; above >= 0; above = parent[above] ?? -1) rows.push(above);
  return rows;
}
