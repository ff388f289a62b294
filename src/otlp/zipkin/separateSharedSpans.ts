import { parseSpanId, type SpanId } from '../../core/model/ids';
import { spanKinds, type Span } from '../../core/model/span';
import type { ZipkinSpan } from './zipkinSpan';

const client = spanKinds.indexOf('SPAN_KIND_CLIENT');
const server = spanKinds.indexOf('SPAN_KIND_SERVER');

/**
 * In Zipkin the two halves of an RPC may share one id; in OTLP a span id is of one span, and of two spans with one id
 * the second would be lost. The server's half gets an id of its own, always the same one for the same id, and the
 * client's half as its parent. Spans of the same service that name the shared id as their parent are below the
 * server's half: those that came in the same request follow it, others stay below the client's half.
 */
export function separateSharedSpans(spans: readonly ZipkinSpan[]): readonly ZipkinSpan[] {
  const clients = new Set(
    spans.filter(({ span }) => span.kind === client).map(({ span }) => key(span.traceId, span.spanId)),
  );
  /** Trace id, shared id and service -> id of the server's half. */
  const servers = new Map<string, SpanId>();
  const isServerHalf = ({ span, shared }: ZipkinSpan): boolean =>
    shared || (span.kind === server && clients.has(key(span.traceId, span.spanId)));
  for (const each of spans) {
    const { traceId, spanId } = each.span;
    const own = isServerHalf(each) ? serverId(spanId) : undefined;
    if (own) servers.set(key(traceId, spanId, serviceOf(each)), own);
  }
  if (servers.size === 0) return spans;
  return spans.map(each => {
    const { traceId, spanId, parentSpanId } = each.span;
    const service = serviceOf(each);
    const own = isServerHalf(each) ? servers.get(key(traceId, spanId, service)) : undefined;
    const parent = own ? spanId : (servers.get(key(traceId, parentSpanId, service)) ?? parentSpanId);
    return { ...each, span: { ...each.span, spanId: own ?? spanId, parentSpanId: parent } satisfies Span };
  });
}

/** One to one, so that no two shared ids meet; undefined for the one id that would become zero. */
function serverId(id: SpanId): SpanId | undefined {
  const bits = BigInt(`0x${id}`) ^ 0x5bd1_e995_9e37_79b9n;
  return parseSpanId(bits.toString(16).padStart(16, '0'));
}

function serviceOf({ resource }: ZipkinSpan): string {
  const name = resource.find(entry => entry.key === 'service.name')?.value;
  return typeof name === 'string' ? name : '';
}

function key(...parts: string[]): string {
  return parts.join(' ');
}
