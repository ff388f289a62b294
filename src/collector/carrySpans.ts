import { createSpanBatch, shallowDecode } from '../otlp/shallowDecode';
import { carriedRequest, type CarriedItem } from './carriedRequest';
import { EncodedContexts } from './encodedContexts';
import type { Journal } from './journal/journal';
import { frameKind } from './journal/segmentFormat';
import type { SpanPlace } from './store/spanReader';
import type { Store } from './store/store';

export interface CarryingWork {
  readonly store: Store;
  readonly journal: Journal;
  /** False once the data were cleared: the rows must not move any more. */
  readonly isCurrent: () => boolean;
}

/**
 * Writes the spans again at the journal's end and moves their rows there. Answers the bytes that took. Rejects with
 * JournalError 'unreadable' where their bytes are not there, with others where they cannot be written.
 */
export async function carrySpans(
  places: readonly SpanPlace[],
  { store, journal, isCurrent }: CarryingWork,
): Promise<number> {
  const contexts = new EncodedContexts(journal);
  const spans = places.map((place): CarriedItem => {
    const resource = contexts.of(store.tables.resources, place.resource);
    return {
      message: journal.readSync(place),
      resource,
      scope: contexts.of(store.tables.scopes, place.scope),
    };
  });
  const request = carriedRequest(spans);
  const { location, written } = journal.append(frameKind.carried, request);
  await written;
  if (!isCurrent()) return request.length;
  const batch = createSpanBatch(spans.length);
  shallowDecode(request, batch);
  store.relocate(batch, location, false);
  return request.length;
}
