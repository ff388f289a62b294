import { parseSpanId, parseTraceId } from '../../../../src/core/model/ids';
import { nanoseconds } from '../../../../src/core/model/nanoseconds';
import type { ResourceSpans, Span } from '../../../../src/core/model/span';

export const traceId = parseTraceId('0af7651916cd43dd8448eb211c80319c')!;
export const spanId = parseSpanId('b7ad6b7169203331')!;

export function makeSpan(parts: Partial<Span> = {}): Span {
  return {
    traceId,
    spanId,
    parentSpanId: '',
    traceState: '',
    flags: 0,
    name: 'GET /cart',
    kind: 0,
    start: nanoseconds(1_760_000_000_000_000_123n),
    end: nanoseconds(1_760_000_000_000_500_456n),
    attributes: [],
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: 0, message: '' },
    ...parts,
  };
}

export function tracesOf(...spans: Span[]): ResourceSpans[] {
  return [
    {
      resource: { attributes: [{ key: 'service.name', value: 'cart' }], droppedAttributesCount: 0 },
      schemaUrl: '',
      scopeSpans: [
        {
          scope: { name: 'test', version: '1', attributes: [], droppedAttributesCount: 0 },
          schemaUrl: '',
          spans,
        },
      ],
    },
  ];
}
