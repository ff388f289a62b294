import { StatusCode } from '../model/span';
import type { TraceColumns } from './traceColumns';

/**
 * The row where an error seems to begin: the first row with an error and none below it. -1 where nothing failed. A
 * guess for where to look first, not an analysis: a failed call that was tried again counts too.
 */
export function errorOrigin({
  count,
  status,
  errors,
}: Pick<TraceColumns, 'count' | 'status' | 'errors'>): number {
  for (let row = 0; row < count; row++) if (status[row] === StatusCode.Error && errors[row] === 1) return row;
  return -1;
}
