import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import type { WaterfallModel } from '../model/waterfallModel';

const known = new WeakMap<TraceColumns, Uint32Array>();

/** The rows that flame graph and table show, ascending; the same array as long as they stay the same. */
export function shownRows({ columns }: WaterfallModel): Uint32Array {
  let rows = known.get(columns);
  if (!rows) known.set(columns, (rows = Uint32Array.from({ length: columns.count }, (_, row) => row)));
  return rows;
}
