import { attributesFromJson } from '../../core/formats/attributesFromJson';
import { spanIdFromHalves, type TraceId } from '../../core/model/ids';
import { AttributeReader } from '../../core/semantics/attributeReader';
import { requestIdAttributes } from '../../core/semantics/requestIdAttributes';
import { parentRequestIdAttributes, requestIds } from '../../core/semantics/requestIds';
import type { Result } from '../../protocol/collectorProtocol';
import { slices } from '../slices';
import type { EngineView } from './engineView';

type Backlink = Result<'backlinks'>['links'][number];

/** More are no list that anybody chooses from. */
const mostLinks = 100;
/** Spans of the trace that are asked for the ids of their requests, and ids that are looked for. */
const spansAsked = 1000;
const mostIds = 8;
const spansPerStep = 32;

/**
 * What other traces have to do with this one: spans that link to it, requests that name one of its own as their parent,
 * and the requests that its own name.
 */
export async function backlinks(
  traceId: TraceId,
  engine: EngineView,
  signal: AbortSignal | undefined,
): Promise<Result<'backlinks'>> {
  const links: Backlink[] = [];
  const add = (traceId: string, spanId: string, toSpanId: string, relation: Backlink['relation']): void => {
    if (links.length >= mostLinks) return;
    const [span] = engine.readSpans(traceId, [spanId]);
    if (!span) return;
    const { name, service, startTimeUnixNano } = span;
    links.push({ traceId, spanId, toSpanId, relation, name, service, startTimeUnixNano });
  };
  const { spans, complete } = await engine.linkingSpans(traceId, mostLinks, signal);
  for (const span of spans) add(span.traceId, span.spanId, span.toSpanId, 'link');
  const ids = await idsOfTrace(traceId, engine, signal);
  const pairs = [
    { relation: 'child', keys: parentRequestIdAttributes, ids: ids.own },
    { relation: 'parent', keys: requestIdAttributes, ids: ids.parents },
  ] as const;
  for (const { relation, keys, ids } of pairs) {
    if (ids.size === 0) continue;
    const query = { keys, values: [...ids.keys()] };
    const options = { limit: mostLinks, onePerTrace: true, ...(signal && { signal }) };
    for (const found of await engine.findByAttribute(query, options)) {
      if (found.traceId === traceId) continue;
      const [span] = engine.readSpans(found.traceId, [found.spanId]);
      if (!span) continue;
      const theirs = requestIds(new AttributeReader(attributesFromJson(span.attributes)));
      const toSpanId = ids.get((relation === 'child' ? theirs.parent : theirs.own) ?? '') ?? '';
      add(found.traceId, found.spanId, toSpanId, relation);
    }
  }
  return { links, complete: complete && links.length < mostLinks && ids.complete };
}

/** Ids by which the spans of a trace name their requests, and those these came from; each with the first span that does. */
async function idsOfTrace(
  traceId: TraceId,
  engine: EngineView,
  signal: AbortSignal | undefined,
): Promise<{ own: Map<string, string>; parents: Map<string, string>; complete: boolean }> {
  const own = new Map<string, string>();
  const parents = new Map<string, string>();
  const table = engine.spanTable(traceId);
  const count = table?.count ?? 0;
  const pause = slices();
  for (let from = 0; table && from < Math.min(count, spansAsked); from += spansPerStep) {
    const spanIds: string[] = [];
    for (let row = from; row < Math.min(from + spansPerStep, count); row++)
      spanIds.push(spanIdFromHalves(table.spanIdHigh[row] ?? 0, table.spanIdLow[row] ?? 0));
    for (const span of engine.readSpans(traceId, spanIds)) {
      if (!span) continue;
      const ids = requestIds(new AttributeReader(attributesFromJson(span.attributes)));
      if (ids.own !== undefined && own.size < mostIds && !own.has(ids.own)) own.set(ids.own, span.spanId);
      if (ids.parent !== undefined && parents.size < mostIds && !parents.has(ids.parent))
        parents.set(ids.parent, span.spanId);
    }
    await pause();
    signal?.throwIfAborted();
  }
  return { own, parents, complete: count <= spansAsked && own.size < mostIds && parents.size < mostIds };
}
