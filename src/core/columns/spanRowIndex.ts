import { parseSpanId, spanIdToHalves } from '../model/ids';
import { SpanIdIndex } from '../tree/spanIdIndex';
import type { TraceColumns } from './traceColumns';

/** Finds rows by span id in constant time: for views that ask often (restoring folds, live updates, links). */
export class SpanRowIndex {
  private readonly index: SpanIdIndex;

  constructor({ count, spanIdHigh, spanIdLow }: Pick<TraceColumns, 'count' | 'spanIdHigh' | 'spanIdLow'>) {
    this.index = new SpanIdIndex(spanIdHigh, spanIdLow, count);
  }

  /** The row of the span with this id (16 hex digits), or -1. */
  rowOf(spanId: string): number {
    const id = parseSpanId(spanId);
    if (id === undefined) return -1;
    const { high, low } = spanIdToHalves(id);
    return this.index.rowOf(high, low);
  }
}
