import { spanIdFromHalves, traceIdFromWords, type SpanId, type TraceId } from '../../core/model/ids';
import type { SpanBatch } from '../../otlp/spanBatch';
import type { Journal } from '../journal/journal';
import type { Location } from '../journal/location';
import { slices } from '../slices';
import type { Store } from '../store/store';
import { searchBytes, type AttributeQuery } from './attributeQuery';
import { frameGroups, type FrameGroup } from './frameGroups';
import { Needle } from './needle';
import { RequestSearch } from './requestSearch';

export interface FindOptions {
  /** Stops at this many. */
  readonly limit: number;
  /** Answers one span of each trace, the one that arrived last. */
  readonly onePerTrace?: boolean;
  /** Rejects with its reason once it is aborted. */
  readonly signal?: AbortSignal;
}

export interface SpanReference {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
}

/** Rows looked at between two looks at the clock. */
const rowsPerStep = 64;

/**
 * Stored spans with an attribute, those that arrived last first: the bytes of the journal are searched for those of the
 * attribute, and only spans around a hit are decoded. What the journal holds and the store does not (dropped, sent
 * twice, carried elsewhere) is left out. Works in slices with the event loop free in between.
 */
export async function findByAttribute(
  { store, journal }: { readonly store: Store; readonly journal: Journal },
  query: AttributeQuery,
  { limit, onePerTrace = false, signal }: FindOptions,
): Promise<SpanReference[]> {
  const pause = slices();
  const needles = searchBytes(query).map(bytes => new Needle(bytes));
  const requests = new RequestSearch(query);
  const found: SpanReference[] = [];
  const traces = new Set<TraceId>();
  let steps = 0;
  for await (const group of frameGroups(journal, pause)) {
    for (const { frame, hits } of framesWithHits(group, needles)) {
      const start = frame.offset - group.offset;
      for (const row of requests.open(group.bytes.subarray(start, start + frame.length), hits)) {
        if (++steps % rowsPerStep === 0) await pause();
        signal?.throwIfAborted();
        const traceId = traceIdOf(requests.batch, row);
        if ((onePerTrace && traces.has(traceId)) || !requests.matches(row)) continue;
        const spanId = storedSpanId(store, traceId, frame, requests.batch, row);
        if (spanId === undefined) continue;
        traces.add(traceId);
        if (found.push({ traceId, spanId }) >= limit) return found;
      }
    }
    signal?.throwIfAborted();
  }
  return found;
}

interface FrameHits {
  readonly frame: Location;
  /** Places in the payload, ascending. */
  readonly hits: readonly number[];
}

/** Where `needles` stand in the frames of a group, last frame first. */
function framesWithHits({ bytes, offset, frames }: FrameGroup, needles: readonly Needle[]): FrameHits[] {
  const places = needles.flatMap(needle => needle.places(bytes)).map(place => place + offset);
  places.sort((a, b) => b - a);
  const found: FrameHits[] = [];
  let next = 0;
  for (const frame of frames.toReversed()) {
    const hits: number[] = [];
    for (; (places[next] ?? -1) >= frame.offset; next++) {
      const place = (places[next] ?? 0) - frame.offset;
      if (place < frame.length) hits.push(place);
    }
    if (hits.length > 0) found.push({ frame, hits: hits.reverse() });
  }
  return found;
}

function traceIdOf({ traceId0, traceId1, traceId2, traceId3 }: SpanBatch, row: number): TraceId {
  return traceIdFromWords(traceId0[row] ?? 0, traceId1[row] ?? 0, traceId2[row] ?? 0, traceId3[row] ?? 0);
}

/** The id of the span in `row` where the bytes in `frame` are those that the store knows it by. */
function storedSpanId(
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
