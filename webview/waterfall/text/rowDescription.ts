import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { StatusCode } from '../../../src/core/model/span';
import { formatDuration } from '../../../src/core/time/formatDuration';
import { flawNames } from '../../../src/core/tree/traceTree';
import { markWords } from './markWords';
import { percent } from './percent';

/** What the bar of a row shows, in words, for those who do not see it. `pathShare`: of the critical path, 0 to 1. */
export function rowDescription(
  columns: TraceColumns,
  row: number,
  errorsBelow: number,
  pathShare: number,
): string {
  const total = columns.spanDuration[row] ?? 0;
  const self = columns.selfTime[row] ?? 0;
  const words = [`${formatDuration(total)}, starts at ${formatDuration(columns.start[row] ?? 0)}`];
  if (columns.status[row] === StatusCode.Error) words.push('error');
  if (self < total) words.push(`${formatDuration(self)} of it by itself`);
  if (pathShare > 0) words.push(`on the critical path: ${percent(pathShare)} of it`);
  if (errorsBelow > 0)
    words.push(`${errorsBelow} ${errorsBelow === 1 ? 'error' : 'errors'} folded away below`);
  words.push(...markWords(columns, row));
  for (const flaw of flawNames(columns.flaws[row] ?? 0)) words.push(flaw.replace('-', ' '));
  return words.join(', ');
}
