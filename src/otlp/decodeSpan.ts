import type { KeyValue } from '../core/model/attributes';
import { parseSpanId, parseTraceId } from '../core/model/ids';
import { nanoseconds } from '../core/model/nanoseconds';
import type { Resource, Scope, Span, SpanEvent, SpanLink } from '../core/model/span';
import { decodeKeyValue } from './decodeAttributes';
import { InvalidSpanError } from './invalidSpanError';
import { ProtobufReader } from './protobufReader';

// Tags (field number * 8 + wire type) of opentelemetry/proto/trace/v1/trace.proto, message Span.
const spanTraceId = 0x0a;
const spanSpanId = 0x12;
const spanTraceState = 0x1a;
const spanParentSpanId = 0x22;
const spanName = 0x2a;
const spanKind = 0x30;
const spanStart = 0x39;
const spanEnd = 0x41;
const spanAttributes = 0x4a;
const spanDroppedAttributes = 0x50;
const spanEvents = 0x5a;
const spanDroppedEvents = 0x60;
const spanLinks = 0x6a;
const spanDroppedLinks = 0x70;
const spanStatus = 0x7a;
const spanFlags = 0x85;

/**
 * All of one encoded Span message. Throws MalformedProtobufError, and InvalidSpanError where an id is invalid; neither
 * happens for bytes that shallowDecode accepted. An invalid parent id counts as none.
 */
export function decodeSpan(bytes: Uint8Array): Span {
  const reader = new ProtobufReader(bytes);
  let traceId = '';
  let spanId = '';
  let parentSpanId = '';
  let traceState = '';
  let name = '';
  let kind = 0;
  let start = 0n;
  let end = 0n;
  let flags = 0;
  let code = 0;
  let message = '';
  let droppedAttributesCount = 0;
  let droppedEventsCount = 0;
  let droppedLinksCount = 0;
  const attributes: KeyValue[] = [];
  const events: SpanEvent[] = [];
  const links: SpanLink[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === spanAttributes) decodeKeyValue(reader, attributes);
    else if (tag === spanTraceId) traceId = reader.hex();
    else if (tag === spanSpanId) spanId = reader.hex();
    else if (tag === spanTraceState) traceState = reader.string();
    else if (tag === spanParentSpanId) parentSpanId = reader.hex();
    else if (tag === spanName) name = reader.name();
    else if (tag === spanKind) kind = reader.int32();
    else if (tag === spanStart) start = reader.fixed64();
    else if (tag === spanEnd) end = reader.fixed64();
    else if (tag === spanDroppedAttributes) droppedAttributesCount = reader.uint32();
    else if (tag === spanEvents) events.push(decodeEvent(reader));
    else if (tag === spanDroppedEvents) droppedEventsCount = reader.uint32();
    else if (tag === spanLinks) links.push(decodeLink(reader));
    else if (tag === spanDroppedLinks) droppedLinksCount = reader.uint32();
    else if (tag === spanStatus) {
      // A field that comes twice is merged, so code and message outlive this one message.
      const outerEnd = reader.enter();
      for (let field = reader.tag(); field !== 0; field = reader.tag()) {
        if (field === 0x12) message = reader.string();
        else if (field === 0x18) code = reader.int32();
        else reader.skip(field);
      }
      reader.leave(outerEnd);
    } else if (tag === spanFlags) flags = reader.fixed32();
    else reader.skip(tag);
  }
  const validTraceId = parseTraceId(traceId);
  if (validTraceId === undefined) throw new InvalidSpanError('invalid-trace-id');
  const validSpanId = parseSpanId(spanId);
  if (validSpanId === undefined) throw new InvalidSpanError('invalid-span-id');
  return {
    traceId: validTraceId,
    spanId: validSpanId,
    parentSpanId: parseSpanId(parentSpanId) ?? '',
    traceState,
    flags,
    name,
    kind,
    start: nanoseconds(start),
    end: nanoseconds(end),
    attributes,
    droppedAttributesCount,
    events,
    droppedEventsCount,
    links,
    droppedLinksCount,
    status: { code, message },
  };
}

function decodeEvent(reader: ProtobufReader): SpanEvent {
  reader.countElement();
  const outerEnd = reader.enter();
  let time = 0n;
  let name = '';
  let droppedAttributesCount = 0;
  const attributes: KeyValue[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x09) time = reader.fixed64();
    else if (tag === 0x12) name = reader.name();
    else if (tag === 0x1a) decodeKeyValue(reader, attributes);
    else if (tag === 0x20) droppedAttributesCount = reader.uint32();
    else reader.skip(tag);
  }
  reader.leave(outerEnd);
  return { time: nanoseconds(time), name, attributes, droppedAttributesCount };
}

function decodeLink(reader: ProtobufReader): SpanLink {
  reader.countElement();
  const outerEnd = reader.enter();
  let traceId = '';
  let spanId = '';
  let traceState = '';
  let droppedAttributesCount = 0;
  let flags = 0;
  const attributes: KeyValue[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) traceId = reader.hex();
    else if (tag === 0x12) spanId = reader.hex();
    else if (tag === 0x1a) traceState = reader.string();
    else if (tag === 0x22) decodeKeyValue(reader, attributes);
    else if (tag === 0x28) droppedAttributesCount = reader.uint32();
    else if (tag === 0x35) flags = reader.fixed32();
    else reader.skip(tag);
  }
  reader.leave(outerEnd);
  return { traceId, spanId, traceState, attributes, droppedAttributesCount, flags };
}

/** All of one encoded Resource message (resource/v1/resource.proto). Throws MalformedProtobufError. */
export function decodeResource(bytes: Uint8Array): Resource {
  const reader = new ProtobufReader(bytes);
  let droppedAttributesCount = 0;
  const attributes: KeyValue[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) decodeKeyValue(reader, attributes);
    else if (tag === 0x10) droppedAttributesCount = reader.uint32();
    else reader.skip(tag);
  }
  return { attributes, droppedAttributesCount };
}

/** All of one encoded InstrumentationScope message (common.proto). Throws MalformedProtobufError. */
export function decodeScope(bytes: Uint8Array): Scope {
  const reader = new ProtobufReader(bytes);
  let name = '';
  let version = '';
  let droppedAttributesCount = 0;
  const attributes: KeyValue[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) name = reader.string();
    else if (tag === 0x12) version = reader.string();
    else if (tag === 0x1a) decodeKeyValue(reader, attributes);
    else if (tag === 0x20) droppedAttributesCount = reader.uint32();
    else reader.skip(tag);
  }
  return { name, version, attributes, droppedAttributesCount };
}
