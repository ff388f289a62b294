import { parseTraceId, type TraceId } from '../../src/core/model/ids';
import type { Span } from '../../src/core/model/span';
import { encodeTraces } from '../../src/otlp/encodeTraces';
import { sampleBatch } from './sampleTraces';

export interface LargeTrace {
  readonly traceId: TraceId;
  /** Its export requests, 500 spans each, of eight services in turn. */
  readonly requests: readonly Buffer[];
}

const spansPerRequest = 500;

/** One tree of `count` spans, a multiple of 500; `number` tells it from others. */
export function largeTrace(count: number, number: number): LargeTrace {
  const traceId = parseTraceId(number.toString(16).padStart(32, 'a'));
  if (!traceId) throw new Error('a trace id of letters is one');
  let root: Span | undefined;
  const requests = Array.from({ length: count / spansPerRequest }, (_, i) => {
    const batch = sampleBatch(spansPerRequest, number * 1_000_000 + i).map(of => ({
      ...of,
      scopeSpans: of.scopeSpans.map(scoped => ({
        ...scoped,
        spans: scoped.spans.map((span): Span => {
          const parent = span.parentSpanId === '' ? root?.spanId : span.parentSpanId;
          const moved = { ...span, traceId, parentSpanId: parent ?? ('' as const) };
          root ??= moved;
          return moved;
        }),
      })),
    }));
    return Buffer.from(encodeTraces(batch));
  });
  return { traceId, requests };
}
