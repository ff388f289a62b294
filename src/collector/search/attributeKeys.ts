import type { Result } from '../../protocol/collectorProtocol';
import { SpanFields } from '../../otlp/spanFields';
import { DecodedContexts } from '../decodedContexts';
import { traceChunks, type TraceSource } from './traceChunks';

/** More than anybody chooses from. */
const maxKeys = 1000;

/** The attribute keys of a trace's spans and of their resources, those of most spans first. */
export async function attributeKeys(
  source: TraceSource,
  trace: number,
  signal: AbortSignal | undefined,
): Promise<Result<'attributeKeys'>> {
  const ofSpans = new KeyCounts();
  const spansOf = new Map<number, number>();
  for await (const chunk of traceChunks(source, trace, signal)) {
    const fields = new SpanFields(chunk.bytes);
    const count = () => ofSpans.add(fields.key, 1);
    for (let i = 0; i < chunk.count; i++) {
      ofSpans.next();
      fields.eachAttribute(chunk.start[i] ?? 0, chunk.end[i] ?? 0, count);
      const resource = chunk.resource[i] ?? 0;
      spansOf.set(resource, (spansOf.get(resource) ?? 0) + 1);
    }
  }
  const ofResources = new KeyCounts();
  const contexts = new DecodedContexts(source.journal, source.tables);
  for (const [id, spans] of spansOf) {
    ofResources.next();
    for (const { key } of contexts.resource(id).value.attributes) ofResources.add(key, spans);
  }
  const keys = [...ofSpans.list('span'), ...ofResources.list('resource')];
  keys.sort((a, b) => b.spans - a.spans || (a.key < b.key ? -1 : 1));
  return { keys: keys.slice(0, maxKeys), more: Math.max(0, keys.length - maxKeys) };
}

/** Counts keys; one that comes twice in a span or resource once. */
class KeyCounts {
  private readonly counts = new Map<string, { spans: number; last: number }>();
  private current = 0;

  next(): void {
    this.current++;
  }

  add(key: string, spans: number): void {
    const known = this.counts.get(key);
    if (!known) this.counts.set(key, { spans, last: this.current });
    else if (known.last !== this.current) {
      known.spans += spans;
      known.last = this.current;
    }
  }

  list<Scope extends 'span' | 'resource'>(scope: Scope): { key: string; scope: Scope; spans: number }[] {
    return [...this.counts].map(([key, { spans }]) => ({ key, scope, spans }));
  }
}
