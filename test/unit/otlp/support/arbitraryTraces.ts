import * as fc from 'fast-check';
import type { ResourceSpans, Span, SpanEvent, SpanLink } from '../../../../src/core/model/span';
import {
  attributes,
  count,
  enumeration,
  nanos,
  record,
  resource,
  scope,
  spanId,
  text,
  traceId,
  uint32,
} from './arbitraryParts';

const event: fc.Arbitrary<SpanEvent> = record({
  time: nanos,
  name: fc.oneof(text, fc.constant('exception')),
  attributes,
  droppedAttributesCount: count,
});

const link: fc.Arbitrary<SpanLink> = record({
  traceId: fc.oneof(traceId, fc.constant('')),
  spanId: fc.oneof(spanId, fc.constant('')),
  traceState: text,
  attributes,
  droppedAttributesCount: count,
  flags: uint32,
});

const span: fc.Arbitrary<Span> = record({
  traceId,
  spanId,
  parentSpanId: fc.oneof(spanId, fc.constant('' as const)),
  traceState: text,
  flags: uint32,
  name: text,
  kind: enumeration,
  start: nanos,
  end: nanos,
  attributes,
  droppedAttributesCount: count,
  events: fc.array(event, { maxLength: 2 }),
  droppedEventsCount: count,
  links: fc.array(link, { maxLength: 2 }),
  droppedLinksCount: count,
  status: record({ code: enumeration, message: text }),
});

/** Any export request that the model can hold, with well-formed strings. */
export const arbitraryTraces: fc.Arbitrary<ResourceSpans[]> = fc.array(
  record({
    resource,
    schemaUrl: text,
    scopeSpans: fc.array(
      record({
        scope,
        schemaUrl: text,
        spans: fc.array(span, { maxLength: 3 }),
      }),
      { maxLength: 3 },
    ),
  }),
  { maxLength: 3 },
);
