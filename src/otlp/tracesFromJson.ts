import { parseSpanId, parseTraceId } from '../core/model/ids';
import { nanoseconds } from '../core/model/nanoseconds';
import {
  spanKinds,
  statusCodes,
  type ResourceSpans,
  type ScopeSpans,
  type Span,
  type SpanEvent,
  type SpanLink,
} from '../core/model/span';
import type { DecodedTraces } from './decodeTraces';
import { InvalidJsonError } from './invalidJsonError';
import { attributesFromJson } from './jsonAttributes';
import {
  arrayMember,
  eachObject,
  enumMember,
  field,
  hexMember,
  isObject,
  member,
  objectMember,
  stringMember,
  uint32Member,
  uint64Member,
  type JsonObject,
} from './jsonFields';
import { resourceFromJson, scopeFromJson } from './jsonContexts';
import { RejectedCounts } from './rejectedCounts';
import type { RejectedSpans } from './spanBatch';

type SpanCounts = RejectedCounts<RejectedSpans['reason']>;

const resourceSpans = field('resourceSpans');
const scopeSpans = field('scopeSpans');
const spans = field('spans');
const schemaUrl = field('schemaUrl');
const attributes = field('attributes');
const droppedAttributesCount = field('droppedAttributesCount');
const traceId = field('traceId');
const spanId = field('spanId');
const parentSpanId = field('parentSpanId');
const traceState = field('traceState');
const flags = field('flags');
const name = field('name');
const kind = field('kind');
const startTimeUnixNano = field('startTimeUnixNano');
const endTimeUnixNano = field('endTimeUnixNano');
const timeUnixNano = field('timeUnixNano');
const events = field('events');
const droppedEventsCount = field('droppedEventsCount');
const links = field('links');
const droppedLinksCount = field('droppedLinksCount');
const status = field('status');
const code = field('code');
const message = field('message');

/**
 * An OTLP/JSON ExportTraceServiceRequest (OTLP specification, "JSON Protobuf Encoding"), already parsed: see
 * parseOtlpJson. Unknown members are ignored. Throws InvalidJsonError where the document as a whole is none, a
 * resource or scope included; a single bad span is left out and counted. A parent id that is invalid counts as none.
 */
export function tracesFromJson(document: unknown): DecodedTraces {
  if (!isObject(document)) throw new InvalidJsonError('expected an object');
  const rejected = new RejectedCounts<RejectedSpans['reason']>();
  return {
    resourceSpans: eachObject(document, resourceSpans, item => resourceSpansFromJson(item, rejected)),
    rejected: rejected.list(),
  };
}

function resourceSpansFromJson(json: JsonObject, rejected: SpanCounts): ResourceSpans {
  return {
    resource: resourceFromJson(json),
    schemaUrl: stringMember(json, schemaUrl),
    scopeSpans: eachObject(json, scopeSpans, item => scopeSpansFromJson(item, rejected)),
  };
}

function scopeSpansFromJson(json: JsonObject, rejected: SpanCounts): ScopeSpans {
  const good: Span[] = [];
  for (const item of arrayMember(json, spans)) {
    const span = spanOrReason(item);
    if (typeof span === 'string') rejected.add(span);
    else good.push(span);
  }
  return {
    scope: scopeFromJson(json),
    schemaUrl: stringMember(json, schemaUrl),
    spans: good,
  };
}

function spanOrReason(json: unknown): Span | RejectedSpans['reason'] {
  if (!isObject(json)) return 'malformed-span';
  const trace = member(json, traceId);
  const validTraceId = typeof trace === 'string' ? parseTraceId(trace) : undefined;
  if (validTraceId === undefined) return 'invalid-trace-id';
  const id = member(json, spanId);
  const validSpanId = typeof id === 'string' ? parseSpanId(id) : undefined;
  if (validSpanId === undefined) return 'invalid-span-id';
  try {
    const parent = member(json, parentSpanId);
    const state = objectMember(json, status);
    return {
      traceId: validTraceId,
      spanId: validSpanId,
      parentSpanId: (typeof parent === 'string' ? parseSpanId(parent) : undefined) ?? '',
      traceState: stringMember(json, traceState),
      flags: uint32Member(json, flags),
      name: stringMember(json, name),
      kind: enumMember(json, kind, spanKinds),
      start: nanoseconds(uint64Member(json, startTimeUnixNano)),
      end: nanoseconds(uint64Member(json, endTimeUnixNano)),
      attributes: attributesFromJson(json, attributes),
      droppedAttributesCount: uint32Member(json, droppedAttributesCount),
      events: eachObject(json, events, eventFromJson),
      droppedEventsCount: uint32Member(json, droppedEventsCount),
      links: eachObject(json, links, linkFromJson),
      droppedLinksCount: uint32Member(json, droppedLinksCount),
      status: { code: enumMember(state, code, statusCodes), message: stringMember(state, message) },
    };
  } catch (error) {
    if (error instanceof InvalidJsonError) return 'malformed-span';
    throw error;
  }
}

function eventFromJson(json: JsonObject): SpanEvent {
  return {
    time: nanoseconds(uint64Member(json, timeUnixNano)),
    name: stringMember(json, name),
    attributes: attributesFromJson(json, attributes),
    droppedAttributesCount: uint32Member(json, droppedAttributesCount),
  };
}

function linkFromJson(json: JsonObject): SpanLink {
  return {
    traceId: hexMember(json, traceId),
    spanId: hexMember(json, spanId),
    traceState: stringMember(json, traceState),
    attributes: attributesFromJson(json, attributes),
    droppedAttributesCount: uint32Member(json, droppedAttributesCount),
    flags: uint32Member(json, flags),
  };
}
