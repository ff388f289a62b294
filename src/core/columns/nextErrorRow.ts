import { StatusCode } from '../model/span';
import type { TraceColumns } from './traceColumns';

/**
 * The next (1) or previous (-1) row with an error, going around the end; `from` itself where it is the only one, -1
 * where there is none. `from` -1 = before the first row.
 */
export function nextErrorRow(
  { count, status }: Pick<TraceColumns, 'count' | 'status'>,
  from: number,
  direction: 1 | -1,
): number {
  const error = StatusCode.Error;
  if (direction === 1) {
    const next = status.indexOf(error, from + 1);
    return next >= 0 ? next : status.indexOf(error);
  }
  const previous = from > 0 ? status.lastIndexOf(error, from - 1) : -1;
  return previous >= 0 || count === 0 ? previous : status.lastIndexOf(error);
}
