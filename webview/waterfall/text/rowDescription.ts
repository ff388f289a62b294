import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { StatusCode } from '../../../src/core/model/span';
import { formatDuration } from '../../../src/core/time/formatDuration';
import { flawNames } from '../../../src/core/tree/traceTree';

/** What the bar of a row shows, in words, for those who do not see it. */
export function rowDescription(
  columns: TraceColumns,
  row: number,
  errorsBelow: number,
  onPath: boolean,
): string {
  const words = [
    `${formatDuration(columns.spanDuration[row] ?? 0)}, starts at ${formatDuration(columns.start[row] ?? 0)}`,
  ];
  if (columns.status[row] === StatusCode.Error) words.push('error');
  if (onPath) words.push('on the critical path');
  if (errorsBelow > 0)
    words.push(`${errorsBelow} ${errorsBelow === 1 ? 'error' : 'errors'} folded away below`);
  for (const flaw of flawNames(columns.flaws[row] ?? 0)) words.push(flaw.replace('-', ' '));
  return words.join(', ');
}
