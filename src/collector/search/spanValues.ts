import type { SpanValues } from '../../core/columns/spanValues';
import { attribute, type AttributeValue } from '../../core/model/attributes';
import type { Params } from '../../protocol/collectorProtocol';
import { SpanFields } from '../../otlp/spanFields';
import { DecodedContexts } from '../decodedContexts';
import { traceChunks, type TraceChunk, type TraceSource } from './traceChunks';
import { ValueColumns } from './valueColumns';

type Asked = Pick<Params<'spanValues'>, 'keys' | 'scope'>;
type ReadValue = (fields: SpanFields, chunk: TraceChunk, i: number) => AttributeValue | undefined;

/** The values of one attribute, or of an intrinsic that the columns of a trace lack, of the spans that have one. */
export async function spanValues(
  source: TraceSource,
  trace: number,
  { keys, scope }: Asked,
  signal: AbortSignal | undefined,
): Promise<{ values: SpanValues; cut: number }> {
  const columns = new ValueColumns();
  const read = readerOf(source, keys, scope);
  for await (const chunk of traceChunks(source, trace, signal)) {
    const fields = new SpanFields(chunk.bytes);
    for (let i = 0; i < chunk.count; i++) {
      const value = read(fields, chunk, i);
      if (value !== undefined) columns.add(chunk.spanHigh[i] ?? 0, chunk.spanLow[i] ?? 0, value);
    }
  }
  return { values: columns.finish(), cut: columns.cut };
}

function readerOf(source: TraceSource, keys: readonly string[], scope: Asked['scope']): ReadValue {
  if (scope === 'intrinsic')
    return (fields, { start, end }, i) => fields.statusMessage(start[i] ?? 0, end[i] ?? 0) || undefined;
  const encoded = keys.map(key => new TextEncoder().encode(key));
  const ofSpan: ReadValue = (fields, { start, end }, i) =>
    fields.attribute(start[i] ?? 0, end[i] ?? 0, encoded);
  if (scope === 'span') return ofSpan;
  const ofResource = resourceReader(source, keys);
  if (scope === 'resource') return ofResource;
  return (fields, chunk, i) => ofSpan(fields, chunk, i) ?? ofResource(fields, chunk, i);
}

/** Each resource is decoded once. */
function resourceReader(source: TraceSource, keys: readonly string[]): ReadValue {
  const contexts = new DecodedContexts(source.journal, source.tables);
  const known = new Map<number, AttributeValue | undefined>();
  return (_fields, chunk, i) => {
    const id = chunk.resource[i] ?? 0;
    if (known.has(id)) return known.get(id);
    const { attributes } = contexts.resource(id).value;
    const key = keys.find(each => attributes.some(entry => entry.key === each));
    const value = key === undefined ? undefined : attribute(attributes, key);
    known.set(id, value);
    return value;
  };
}
