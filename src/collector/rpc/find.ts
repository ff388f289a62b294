import type { Match, Result } from '../../protocol/collectorProtocol';
import type { EngineView } from './engineView';
import { readAttributeLookup } from './lookupAttribute';
import { readLookup } from './lookupText';

/** Enough to show that a prefix is ambiguous, and to choose from. */
const maxMatches = 50;

/**
 * What a pasted text names: by ids, which are indexed; where those lead nowhere, by attributes, for which all stored
 * bytes are searched. Rejects with the reason of `signal` once that is aborted.
 */
export async function find(
  text: string,
  engine: EngineView,
  signal: AbortSignal | undefined,
): Promise<Result<'find'>> {
  const matches = new Map<string, Match>();
  const add = (traceId: string, spanId?: string): void => {
    const summary = engine.traceSummary(traceId);
    if (summary && !matches.has(traceId))
      matches.set(traceId, { traceId, summary, ...(spanId === undefined ? {} : { spanId }) });
  };
  const lookup = readLookup(text);
  if (lookup?.traceId !== undefined) add(lookup.traceId, lookup.spanId);
  else if (lookup?.spanId !== undefined) {
    for (const id of engine.findBySpanId(lookup.spanId, maxMatches)) add(id, lookup.spanId);
    // A trace id of 64 bits, as some systems print them: OTLP has it padded to 128.
    add(lookup.spanId.padStart(32, '0'));
  }
  if (lookup?.prefix !== undefined) for (const id of engine.findByPrefix(lookup.prefix, maxMatches)) add(id);
  const attribute = readAttributeLookup(text);
  for (const query of attribute?.queries ?? []) {
    if (matches.size > 0) break;
    const options = { limit: maxMatches, onePerTrace: true, ...(signal && { signal }) };
    for (const { traceId, spanId } of await engine.findByAttribute(query, options)) add(traceId, spanId);
  }
  const understood = [lookup?.lookedFor, attribute?.lookedFor].filter(each => each !== undefined);
  return { matches: [...matches.values()], lookedFor: understood.join('; ') || anything };
}

const anything =
  'a trace id, the start of one, a span id, a traceparent header, a request id or an attribute such as order.id=42';
