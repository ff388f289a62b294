import type { OperationStatistics } from '../../../src/core/analysis/operationStatistics';
import { spansOf } from './operationOrder';

/** Where a row is among the spans of an operation, from 0; -1 where it is none of them. */
export function placeInOperation(
  { first, rows }: OperationStatistics,
  operation: number,
  row: number,
): number {
  const from = first[operation] ?? 0;
  let low = from;
  let high = (first[operation + 1] ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = rows[middle] ?? 0;
    if (found === row) return middle - from;
    if (found < row) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/**
 * The span of the operation after (1) or before (-1) `row`, going around the end; its first where `row` is none of
 * them.
 */
export function hopInOperation(
  statistics: OperationStatistics,
  operation: number,
  row: number,
  direction: 1 | -1,
): number {
  const count = spansOf(statistics, operation);
  const place = placeInOperation(statistics, operation, row);
  const next = place < 0 ? 0 : (place + direction + count) % count;
  return statistics.rows[(statistics.first[operation] ?? 0) + next] ?? -1;
}
