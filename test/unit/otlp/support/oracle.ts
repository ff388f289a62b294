import path from 'node:path';
import protobuf from 'protobufjs';
import { isKeyValueList, type Attributes, type AttributeValue } from '../../../../src/core/model/attributes';
import { parseSpanId, parseTraceId } from '../../../../src/core/model/ids';
import { nanoseconds } from '../../../../src/core/model/nanoseconds';
import type { ResourceSpans } from '../../../../src/core/model/span';

// protobufjs, reading our own .proto files, is the second opinion on what is on the wire.

const fixtures = path.join(import.meta.dirname, '../../../fixtures/otlp');
export const root = protobuf.loadSync(
  ['trace_service.proto', 'logs_service.proto'].map(name => path.join(fixtures, name)),
);
const request = root.lookupType('otlp.ExportTraceServiceRequest');

/** Any message of the .proto as a plain object, 64-bit integers as decimal strings, defaults filled in. */
export function oracleObject(typeName: string, bytes: Uint8Array): Record<string, unknown> {
  const type = root.lookupType(`otlp.${typeName}`);
  return type.toObject(type.decode(bytes), { longs: String });
}

export interface OracleValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string;
  doubleValue?: number;
  arrayValue?: { values: OracleValue[] };
  kvlistValue?: { values: OracleKeyValue[] };
  bytesValue?: Uint8Array;
}

export interface OracleKeyValue {
  key: string;
  value: OracleValue;
}

export interface OracleScope {
  name: string;
  version: string;
  attributes: OracleKeyValue[];
  droppedAttributesCount: number;
}

interface OracleSpan {
  traceId: Uint8Array;
  spanId: Uint8Array;
  traceState: string;
  parentSpanId: Uint8Array;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: OracleKeyValue[];
  droppedAttributesCount: number;
  events: {
    timeUnixNano: string;
    name: string;
    attributes: OracleKeyValue[];
    droppedAttributesCount: number;
  }[];
  droppedEventsCount: number;
  links: {
    traceId: Uint8Array;
    spanId: Uint8Array;
    traceState: string;
    attributes: OracleKeyValue[];
    droppedAttributesCount: number;
    flags: number;
  }[];
  droppedLinksCount: number;
  status: { message: string; code: number };
  flags: number;
}

interface OracleRequest {
  resourceSpans: {
    resource: { attributes: OracleKeyValue[]; droppedAttributesCount: number };
    scopeSpans: { scope: OracleScope; spans: OracleSpan[]; schemaUrl: string }[];
    schemaUrl: string;
  }[];
}

/** The request that protobufjs makes of the model. */
export function oracleEncode(traces: readonly ResourceSpans[]): Uint8Array {
  const object: OracleRequest = {
    resourceSpans: traces.map(({ resource, schemaUrl, scopeSpans }) => ({
      resource: { ...resource, attributes: toEntries(resource.attributes) },
      schemaUrl,
      scopeSpans: scopeSpans.map(group => ({
        scope: { ...group.scope, attributes: toEntries(group.scope.attributes) },
        schemaUrl: group.schemaUrl,
        spans: group.spans.map(span => ({
          ...span,
          traceId: Buffer.from(span.traceId, 'hex'),
          spanId: Buffer.from(span.spanId, 'hex'),
          parentSpanId: Buffer.from(span.parentSpanId, 'hex'),
          startTimeUnixNano: span.start.toString(),
          endTimeUnixNano: span.end.toString(),
          attributes: toEntries(span.attributes),
          events: span.events.map(event => ({
            ...event,
            timeUnixNano: event.time.toString(),
            attributes: toEntries(event.attributes),
          })),
          links: span.links.map(link => ({
            ...link,
            traceId: Buffer.from(link.traceId, 'hex'),
            spanId: Buffer.from(link.spanId, 'hex'),
            attributes: toEntries(link.attributes),
          })),
        })),
      })),
    })),
  };
  return request.encode(request.fromObject(object)).finish();
}

/** What protobufjs reads in a request, as the model. */
export function oracleDecode(bytes: Uint8Array): ResourceSpans[] {
  const object = request.toObject(request.decode(bytes), {
    longs: String,
    defaults: true,
    arrays: true,
  }) as OracleRequest;
  return object.resourceSpans.map(({ resource, schemaUrl, scopeSpans }) => ({
    resource: {
      attributes: fromEntries(resource.attributes),
      droppedAttributesCount: resource.droppedAttributesCount,
    },
    schemaUrl,
    scopeSpans: scopeSpans.map(group => ({
      scope: {
        name: group.scope.name,
        version: group.scope.version,
        attributes: fromEntries(group.scope.attributes),
        droppedAttributesCount: group.scope.droppedAttributesCount,
      },
      schemaUrl: group.schemaUrl,
      spans: group.spans.map(span => ({
        traceId: parseTraceId(hex(span.traceId))!,
        spanId: parseSpanId(hex(span.spanId))!,
        parentSpanId: parseSpanId(hex(span.parentSpanId)) ?? ('' as const),
        traceState: span.traceState,
        flags: span.flags,
        name: span.name,
        kind: span.kind,
        start: nanoseconds(BigInt(span.startTimeUnixNano)),
        end: nanoseconds(BigInt(span.endTimeUnixNano)),
        attributes: fromEntries(span.attributes),
        droppedAttributesCount: span.droppedAttributesCount,
        events: span.events.map(event => ({
          time: nanoseconds(BigInt(event.timeUnixNano)),
          name: event.name,
          attributes: fromEntries(event.attributes),
          droppedAttributesCount: event.droppedAttributesCount,
        })),
        droppedEventsCount: span.droppedEventsCount,
        links: span.links.map(link => ({
          traceId: hex(link.traceId),
          spanId: hex(link.spanId),
          traceState: link.traceState,
          attributes: fromEntries(link.attributes),
          droppedAttributesCount: link.droppedAttributesCount,
          flags: link.flags,
        })),
        droppedLinksCount: span.droppedLinksCount,
        // An absent message has no defaults to fill in.
        status: {
          code: (span.status as OracleSpan['status'] | null)?.code ?? 0,
          message: (span.status as OracleSpan['status'] | null)?.message ?? '',
        },
      })),
    })),
  }));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function toEntries(attributes: Attributes): OracleKeyValue[] {
  return attributes.map(({ key, value }) => ({ key, value: toValue(value) }));
}

export function toValue(value: AttributeValue): OracleValue {
  if (value === null) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'bigint') return { intValue: value.toString() };
  if (typeof value === 'number') return { doubleValue: value };
  if (value instanceof Uint8Array) return { bytesValue: value };
  if (isKeyValueList(value)) return { kvlistValue: { values: toEntries(value.entries) } };
  return { arrayValue: { values: value.map(toValue) } };
}

export function fromEntries(entries: OracleKeyValue[]): Attributes {
  return entries.map(({ key, value }) => ({ key, value: fromValue(value) }));
}

export function fromValue(value: OracleValue): AttributeValue {
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return BigInt(value.intValue);
  if (value.doubleValue !== undefined) return value.doubleValue;
  if (value.bytesValue !== undefined) return new Uint8Array(value.bytesValue);
  if (value.arrayValue !== undefined) return value.arrayValue.values.map(fromValue);
  if (value.kvlistValue !== undefined) return { entries: fromEntries(value.kvlistValue.values) };
  return null;
}
