import { spanIdFromHalves, type SpanId } from '../model/ids';
import type { TraceColumns } from './traceColumns';

export function spanIdAt(columns: Pick<TraceColumns, 'spanIdHigh' | 'spanIdLow'>, row: number): SpanId {
  return spanIdFromHalves(columns.spanIdHigh[row] ?? 0, columns.spanIdLow[row] ?? 0);
}
