import type { KeyValueJson } from '../../../../src/core/formats/otlpJsonTypes';
import type { SpanDetail } from '../../../../src/protocol/spanDetail';

export function attributes(values: Record<string, string | number>): KeyValueJson[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
  }));
}

/** A span with these attributes, and an event for each of `events`. */
export function span(
  values: Record<string, string | number>,
  ...events: { name: string; attributes: Record<string, string | number> }[]
): SpanDetail {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    parentSpanId: '',
    traceState: '',
    flags: 1,
    name: 'POST /checkout',
    kind: 2,
    startTimeUnixNano: '1760000000000000000',
    endTimeUnixNano: '1760000000000000001',
    attributes: attributes(values),
    droppedAttributesCount: 0,
    events: events.map(event => ({
      timeUnixNano: '1760000000000000000',
      name: event.name,
      attributes: attributes(event.attributes),
      droppedAttributesCount: 0,
    })),
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: 2, message: '' },
    resource: {
      attributes: attributes({ 'telemetry.sdk.language': 'nodejs' }),
      droppedAttributesCount: 0,
      schemaUrl: '',
    },
    scope: { name: '', version: '', attributes: [], droppedAttributesCount: 0, schemaUrl: '' },
    service: 'shop',
  };
}

/** An event as recordException() of an OpenTelemetry SDK makes it. */
export function exception(
  type: string,
  message: string,
  ...frames: string[]
): { name: string; attributes: Record<string, string> } {
  return {
    name: 'exception',
    attributes: {
      'exception.type': type,
      'exception.message': message,
      'exception.stacktrace': [`${type}: ${message}`, ...frames.map(frame => `    ${frame}`)].join('\n'),
    },
  };
}
