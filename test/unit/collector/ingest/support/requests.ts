import { parseSpanId, parseTraceId, type SpanId, type TraceId } from '../../../../../src/core/model/ids';
import { nanoseconds } from '../../../../../src/core/model/nanoseconds';
import type { ResourceSpans, Span } from '../../../../../src/core/model/span';
import { encodeTraces } from '../../../../../src/otlp/encodeTraces';

/** 2026-01-01T00:00:00.000000123Z. */
export const testStart = 1_767_225_600_000_000_123n;

/** The trace id `n` in decimal digits, the span id likewise. */
export function traceId(n: number): TraceId {
  return parseTraceId(String(n).padStart(32, '0'))!;
}
export function spanId(n: number): SpanId {
  return parseSpanId(String(n).padStart(16, '0'))!;
}

export interface SpanFields {
  trace?: number;
  id?: number;
  parent?: number;
  name?: string;
  /** ns from testStart; null = a start of 0. */
  start?: number | null;
  duration?: number;
  error?: boolean;
  /** Length of an attribute that makes the span large. */
  padding?: number;
}

export function span(fields: SpanFields = {}): Span {
  const start = fields.start === null ? 0n : testStart + BigInt(fields.start ?? 0);
  return {
    traceId: traceId(fields.trace ?? 1),
    spanId: spanId(fields.id ?? 1),
    parentSpanId: fields.parent === undefined ? '' : spanId(fields.parent),
    traceState: '',
    flags: 0x101,
    name: fields.name ?? 'GET /cart',
    kind: 2,
    start: nanoseconds(start),
    end: nanoseconds(start + BigInt(fields.duration ?? 1000)),
    attributes: [
      { key: 'n', value: BigInt(fields.id ?? 1) },
      ...(fields.padding === undefined ? [] : [{ key: 'padding', value: 'x'.repeat(fields.padding) }]),
    ],
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: fields.error ? 2 : 0, message: '' },
  };
}

export function traces(service: string, ...spans: readonly Span[]): ResourceSpans[] {
  return [
    {
      resource: { attributes: [{ key: 'service.name', value: service }], droppedAttributesCount: 0 },
      schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
      scopeSpans: [
        {
          scope: { name: `scope of ${service}`, version: '1', attributes: [], droppedAttributesCount: 0 },
          schemaUrl: '',
          spans,
        },
      ],
    },
  ];
}

/** An export request with spans of one service. */
export function request(service: string, ...spans: readonly SpanFields[]): Uint8Array {
  return encodeTraces(traces(service, ...spans.map(span)));
}
