import { setImmediate } from 'node:timers/promises';
import type { CollectorClient } from '../../client/collectorClient';
import { groupSpansJson } from '../../core/formats/groupSpansJson';

/** Spans asked for and written at a time: a few milliseconds of the extension host's. */
const spansPerSlice = 200;
/** Documents above 50 MB do not reach an extension; this leaves room for characters of several bytes. */
const mostCharacters = 24 * 1024 * 1024;

export interface TraceJson {
  /** An OTLP/JSON export request, indented. */
  readonly text: string;
  readonly spans: number;
  /** Spans of the trace. */
  readonly total: number;
}

/** The first spans of a trace in tree order, at most `limit`, as an OTLP/JSON document. */
export async function traceAsJson(
  client: Pick<CollectorClient, 'request'>,
  trace: { readonly traceId: string; readonly correctSkew: boolean },
  limit: number,
): Promise<TraceJson> {
  const parts: string[] = [];
  let characters = 0;
  let spans = 0;
  let total = limit;
  while (spans < Math.min(limit, total) && characters < mostCharacters) {
    const count = Math.min(spansPerSlice, limit - spans);
    const { result } = await client.request('spans', { ...trace, from: spans, count });
    total = result.total;
    if (result.spans.length === 0) break;
    spans += result.spans.length;
    for (const group of groupSpansJson(result.spans).resourceSpans) {
      const text = `    ${JSON.stringify(group, undefined, 2).replaceAll('\n', '\n    ')}`;
      parts.push(text);
      characters += text.length;
    }
    await setImmediate();
  }
  return { text: `{\n  "resourceSpans": [\n${parts.join(',\n')}\n  ]\n}\n`, spans, total };
}
