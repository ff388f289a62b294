import type { SpanId, TraceId } from '../../core/model/ids';
import type { Journal } from '../journal/journal';
import { slices } from '../slices';
import type { Store } from '../store/store';
import { searchBytes, type AttributeQuery } from './attributeQuery';
import { framesWithHits } from './frameHits';
import { frameGroups } from './frameGroups';
import { Needle } from './needle';
import { RequestSearch } from './requestSearch';
import { storedSpanId, traceIdOf } from './storedSpan';

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
