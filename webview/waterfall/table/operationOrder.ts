import type { OperationStatistics } from '../../../src/core/analysis/operationStatistics';
import { sortRows } from '../../../src/core/tree/sortRows';
import type { TableSort } from '../../../src/protocol/viewOptions';
import { ranked } from './spanOrder';

export const operationColumns = [
  'name',
  'service',
  'spans',
  'errors',
  'total',
  'self',
  'p50',
  'p95',
  'max',
] as const;
export type OperationColumn = (typeof operationColumns)[number];

export function isOperationColumn(text: string): text is OperationColumn {
  return operationColumns.some(column => column === text);
}

/** The operations in the order of a column; those that are equal there in the order of their first span. */
export function operationOrder(
  statistics: OperationStatistics,
  strings: readonly string[],
  { by, descending }: TableSort,
): Uint32Array {
  const order = Uint32Array.from({ length: statistics.count }, (_, at) => at);
  const key = sortKey(statistics, strings, isOperationColumn(by) ? by : 'total');
  sortRows(order, descending ? key.map(value => -value) : key, (a, b) => a - b);
  return order;
}

function sortKey(
  statistics: OperationStatistics,
  strings: readonly string[],
  by: OperationColumn,
): Float64Array {
  switch (by) {
    case 'name':
    case 'service':
      return ranked(statistics[by], strings);
    case 'spans':
      return Float64Array.from({ length: statistics.count }, (_, at) => spansOf(statistics, at));
    case 'errors':
      return Float64Array.from(statistics.errors);
    default:
      return statistics[by];
  }
}

/** How many spans an operation has. */
export function spansOf({ first }: OperationStatistics, operation: number): number {
  return (first[operation + 1] ?? 0) - (first[operation] ?? 0);
}
