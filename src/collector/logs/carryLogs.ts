import { createLogBatch, shallowDecodeLogs } from '../../otlp/shallowDecodeLogs';
import { carriedRequest, type CarriedItem } from '../carriedRequest';
import type { CarryingWork } from '../carrySpans';
import { EncodedContexts } from '../encodedContexts';
import { frameKind } from '../journal/segmentFormat';
import type { LogPlace } from '../store/logReader';

/** Does for log records what carrySpans does for spans. */
export async function carryLogs(
  places: readonly LogPlace[],
  { store, journal, isCurrent }: CarryingWork,
): Promise<number> {
  const contexts = new EncodedContexts(journal);
  const { resources, scopes } = store.tables;
  // Those that share a resource and a scope stand together in the request: this is their order there.
  const ordered = places.toSorted(
    (a, b) => a.resource - b.resource || a.scope - b.scope || a.segment - b.segment || a.offset - b.offset,
  );
  const request = carriedRequest(
    ordered.map((place): CarriedItem => ({
      message: journal.readSync(place),
      resource: contexts.of(resources, place.resource),
      scope: contexts.of(scopes, place.scope),
    })),
  );
  const { location, written } = journal.append(frameKind.carriedLogs, request);
  await written;
  if (!isCurrent()) return request.length;
  const batch = createLogBatch(ordered.length);
  shallowDecodeLogs(request, batch);
  store.logs.relocate(ordered, batch, location);
  return request.length;
}
