import { spanIdFromHalves, traceIdFromWords, type SpanId, type TraceId } from '../../core/model/ids';
import type { SpanBatch } from '../../otlp/spanBatch';
import type { Location } from '../journal/location';
import type { Store } from '../store/store';

/** Of the span in a row. */
export function traceIdOf({ traceId0, traceId1, traceId2, traceId3 }: SpanBatch, row: number): TraceId {
  return traceIdFromWords(traceId0[row] ?? 0, traceId1[row] ?? 0, traceId2[row] ?? 0, traceId3[row] ?? 0);
}

/** The id of the span in `row` where the bytes in `frame` are those that the store knows it by. */
export function storedSpanId(
  store: Store,
  traceId: TraceId,
  frame: Location,
  { spanIdHigh, spanIdLow, offset }: SpanBatch,
  row: number,
): SpanId | undefined {
  const high = spanIdHigh[row] ?? 0;
  const low = spanIdLow[row] ?? 0;
  const trace = store.tables.traces.find(traceId);
  const place = trace && store.spans.find(trace.id, high, low);
  const isHere = place?.segment === frame.segment && place.offset === frame.offset + (offset[row] ?? 0);
  return isHere ? spanIdFromHalves(high, low) : undefined;
}
