import { randomBytes } from 'node:crypto';
import { nanoseconds } from '../../../../../src/core/model/nanoseconds';
import { parseSpanId, parseTraceId } from '../../../../../src/core/model/ids';
import type { Span } from '../../../../../src/core/model/span';
import { encodeTraces } from '../../../../../src/otlp/encodeTraces';

/** An ExportTraceServiceRequest in protobuf with `good` new spans, each with a text attribute of `attributeBytes`. */
export function newProtobuf(good: number, attributeBytes = 0): Uint8Array {
  const spans = Array.from({ length: good }, (): Span => {
    const traceId = parseTraceId(randomBytes(16).toString('hex'));
    const spanId = parseSpanId(randomBytes(8).toString('hex'));
    if (!traceId || !spanId) throw new Error('not ids');
    return {
      traceId,
      spanId,
      parentSpanId: '',
      traceState: '',
      flags: 1,
      name: 'cart',
      kind: 2,
      start: nanoseconds(1_790_000_000_000_000_001n),
      end: nanoseconds(1_790_000_000_000_000_002n),
      attributes: [{ key: 'text', value: 'x'.repeat(attributeBytes) }],
      droppedAttributesCount: 0,
      events: [],
      droppedEventsCount: 0,
      links: [],
      droppedLinksCount: 0,
      status: { code: 0, message: '' },
    };
  });
  return encodeTraces([
    {
      resource: { attributes: [{ key: 'service.name', value: 'shop' }], droppedAttributesCount: 0 },
      schemaUrl: '',
      scopeSpans: [
        {
          scope: { name: 'test', version: '', attributes: [], droppedAttributesCount: 0 },
          schemaUrl: '',
          spans,
        },
      ],
    },
  ]);
}

/** The same in OTLP/JSON, with `bad` more spans whose trace id is all zero. */
export function newJson(good: number, bad = 0): string {
  const spans = Array.from({ length: good + bad }, (_, index) => ({
    traceId: index < good ? randomBytes(16).toString('hex') : '0'.repeat(32),
    spanId: randomBytes(8).toString('hex'),
    name: 'cart',
    kind: 2,
    startTimeUnixNano: '1790000000000000001',
    endTimeUnixNano: '1790000000000000002',
  }));
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
}

/**
 * ExportTraceServiceRequest by hand, with `count` spans of all-zero trace ids: resource_spans 1, scope_spans 2, spans 2,
 * trace_id 1, span_id 2 (trace.proto).
 */
export function badProtobuf(count: number): Uint8Array {
  const message = (tag: number, ...parts: Uint8Array[]): Buffer => {
    const body = Buffer.concat(parts);
    if (body.length > 127) throw new Error('longer than a varint of one byte says');
    return Buffer.concat([Buffer.from([tag, body.length]), body]);
  };
  const span = message(0x12, message(0x0a, Buffer.alloc(16)), message(0x12, Buffer.alloc(8, 1)));
  return message(0x0a, message(0x12, ...Array.from({ length: count }, () => span)));
}
