import { isKeyValueList, type Attributes, type AttributeValue } from '../model/attributes';
import type { Resource, ResourceSpans, Scope, Span, SpanEvent, SpanLink } from '../model/span';
import { encodeBase64 } from './base64';
import type { AnyValue, KeyValueJson } from './otlpJsonTypes';

// The fields of opentelemetry/proto/trace/v1/trace.proto under the names and encodings of OTLP/JSON (OTLP
// specification, "JSON Protobuf Encoding": lowerCamelCase, hex ids, 64-bit integers as strings, enums as numbers).

/** The value in OTLP/JSON; an empty value (null) is `{}`. */
export function anyValueToJson(value: AttributeValue): AnyValue {
  if (value === null) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint') return { intValue: value.toString() };
  if (typeof value === 'number') return { doubleValue: doubleToJson(value) };
  if (value instanceof Uint8Array) return { bytesValue: encodeBase64(value) };
  if (isKeyValueList(value)) return { kvlistValue: { values: attributesToJson(value.entries) } };
  return { arrayValue: { values: value.map(anyValueToJson) } };
}

function doubleToJson(value: number): number | 'NaN' | 'Infinity' | '-Infinity' {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  return value === -Infinity ? '-Infinity' : value;
}

export function attributesToJson(attributes: Attributes): KeyValueJson[] {
  return attributes.map(entry => ({ key: entry.key, value: anyValueToJson(entry.value) }));
}

export interface ResourceJson {
  attributes: KeyValueJson[];
  droppedAttributesCount: number;
}

export interface ScopeJson {
  name: string;
  version: string;
  attributes: KeyValueJson[];
  droppedAttributesCount: number;
}

export interface EventJson {
  timeUnixNano: string;
  name: string;
  attributes: KeyValueJson[];
  droppedAttributesCount: number;
}

export interface LinkJson {
  traceId: string;
  spanId: string;
  traceState: string;
  attributes: KeyValueJson[];
  droppedAttributesCount: number;
  flags: number;
}

export interface SpanJson {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  traceState: string;
  flags: number;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValueJson[];
  droppedAttributesCount: number;
  events: EventJson[];
  droppedEventsCount: number;
  links: LinkJson[];
  droppedLinksCount: number;
  status: { code: number; message: string };
}

/** A span with the resource and scope it came from: the shape of SpanDetail (protocol/spanDetail). */
export interface SpanDetailJson extends SpanJson {
  resource: ResourceJson & { schemaUrl: string };
  scope: ScopeJson & { schemaUrl: string };
  service: string;
}

/** A whole export request: the document that OTLP/HTTP carries as application/json. */
export interface TracesJson {
  resourceSpans: {
    resource: ResourceJson;
    scopeSpans: { scope: ScopeJson; spans: SpanJson[]; schemaUrl: string }[];
    schemaUrl: string;
  }[];
}

/** All of one span as a plain object, ready for JSON.stringify. */
export function spanToJson(
  span: Span,
  resource: Resource,
  resourceSchemaUrl: string,
  scope: Scope,
  scopeSchemaUrl: string,
  service: string,
): SpanDetailJson {
  return {
    ...bareSpanToJson(span),
    resource: { ...resourceToJson(resource), schemaUrl: resourceSchemaUrl },
    scope: { ...scopeToJson(scope), schemaUrl: scopeSchemaUrl },
    service,
  };
}

export function tracesToJson(traces: readonly ResourceSpans[]): TracesJson {
  return {
    resourceSpans: traces.map(({ resource, scopeSpans, schemaUrl }) => ({
      resource: resourceToJson(resource),
      scopeSpans: scopeSpans.map(group => ({
        scope: scopeToJson(group.scope),
        spans: group.spans.map(bareSpanToJson),
        schemaUrl: group.schemaUrl,
      })),
      schemaUrl,
    })),
  };
}

function bareSpanToJson(span: Span): SpanJson {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    traceState: span.traceState,
    flags: span.flags,
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: span.start.toString(),
    endTimeUnixNano: span.end.toString(),
    attributes: attributesToJson(span.attributes),
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events.map(eventToJson),
    droppedEventsCount: span.droppedEventsCount,
    links: span.links.map(linkToJson),
    droppedLinksCount: span.droppedLinksCount,
    status: { code: span.status.code, message: span.status.message },
  };
}

function eventToJson(event: SpanEvent): EventJson {
  return {
    timeUnixNano: event.time.toString(),
    name: event.name,
    attributes: attributesToJson(event.attributes),
    droppedAttributesCount: event.droppedAttributesCount,
  };
}

function linkToJson(link: SpanLink): LinkJson {
  return {
    traceId: link.traceId,
    spanId: link.spanId,
    traceState: link.traceState,
    attributes: attributesToJson(link.attributes),
    droppedAttributesCount: link.droppedAttributesCount,
    flags: link.flags,
  };
}

export function resourceToJson(resource: Resource): ResourceJson {
  return {
    attributes: attributesToJson(resource.attributes),
    droppedAttributesCount: resource.droppedAttributesCount,
  };
}

export function scopeToJson(scope: Scope): ScopeJson {
  return {
    name: scope.name,
    version: scope.version,
    attributes: attributesToJson(scope.attributes),
    droppedAttributesCount: scope.droppedAttributesCount,
  };
}
