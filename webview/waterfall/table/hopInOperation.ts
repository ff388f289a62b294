import type { OperationStatistics } from '../../../src/core/analysis/operationStatistics';
import { placeOf } from '../model/rowOrder';
import { spansOf } from './operationOrder';

/** Where a row is among the spans of an operation, from 0; -1 where it is none of them. */
export function placeInOperation(statistics: OperationStatistics, operation: number, row: number): number {
  const { first, rows } = statistics;
  return row < 0 ? -1 : placeOf(rows.subarray(first[operation], first[operation + 1]), row);
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
