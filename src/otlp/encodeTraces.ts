import {
  isKeyValueList,
  type Attributes,
  type AttributeValue,
  type KeyValue,
} from '../core/model/attributes';
import type { Resource, ResourceSpans, Scope, Span, SpanEvent, SpanLink } from '../core/model/span';
import { maxValueDepth, tooDeep } from './limits';
import { ProtobufWriter } from './protobufWriter';

/**
 * An ExportTraceServiceRequest (collector/trace/v1/trace_service.proto): decodeTraces gives back what went in. Fields
 * with default values are left out, as proto3 does.
 */
export function encodeTraces(traces: readonly ResourceSpans[]): Uint8Array {
  const writer = new ProtobufWriter();
  for (const { resource, schemaUrl, scopeSpans } of traces) {
    writer.message(0x0a, () => {
      writer.message(0x0a, () => writeResource(writer, resource));
      for (const { scope, spans, schemaUrl: scopeSchemaUrl } of scopeSpans) {
        writer.message(0x12, () => {
          writer.message(0x0a, () => writeScope(writer, scope));
          for (const span of spans) writer.message(0x12, () => writeSpan(writer, span));
          writeString(writer, 0x1a, scopeSchemaUrl);
        });
      }
      writeString(writer, 0x1a, schemaUrl);
    });
  }
  return writer.finish();
}

function writeResource(writer: ProtobufWriter, resource: Resource): void {
  writeAttributes(writer, 0x0a, resource.attributes);
  writeUint32(writer, 0x10, resource.droppedAttributesCount);
}

function writeScope(writer: ProtobufWriter, scope: Scope): void {
  writeString(writer, 0x0a, scope.name);
  writeString(writer, 0x12, scope.version);
  writeAttributes(writer, 0x1a, scope.attributes);
  writeUint32(writer, 0x20, scope.droppedAttributesCount);
}

function writeSpan(writer: ProtobufWriter, span: Span): void {
  writer.hex(0x0a, span.traceId);
  writer.hex(0x12, span.spanId);
  writeString(writer, 0x1a, span.traceState);
  if (span.parentSpanId !== '') writer.hex(0x22, span.parentSpanId);
  writeString(writer, 0x2a, span.name);
  if (span.kind !== 0) writer.int32(0x30, span.kind);
  if (span.start !== 0n) writer.fixed64(0x39, span.start);
  if (span.end !== 0n) writer.fixed64(0x41, span.end);
  writeAttributes(writer, 0x4a, span.attributes);
  writeUint32(writer, 0x50, span.droppedAttributesCount);
  for (const event of span.events) writer.message(0x5a, () => writeEvent(writer, event));
  writeUint32(writer, 0x60, span.droppedEventsCount);
  for (const link of span.links) writer.message(0x6a, () => writeLink(writer, link));
  writeUint32(writer, 0x70, span.droppedLinksCount);
  if (span.status.code !== 0 || span.status.message !== '') {
    writer.message(0x7a, () => {
      writeString(writer, 0x12, span.status.message);
      if (span.status.code !== 0) writer.int32(0x18, span.status.code);
    });
  }
  if (span.flags !== 0) writer.fixed32(0x85, span.flags);
}

function writeEvent(writer: ProtobufWriter, event: SpanEvent): void {
  if (event.time !== 0n) writer.fixed64(0x09, event.time);
  writeString(writer, 0x12, event.name);
  writeAttributes(writer, 0x1a, event.attributes);
  writeUint32(writer, 0x20, event.droppedAttributesCount);
}

function writeLink(writer: ProtobufWriter, link: SpanLink): void {
  if (link.traceId !== '') writer.hex(0x0a, link.traceId);
  if (link.spanId !== '') writer.hex(0x12, link.spanId);
  writeString(writer, 0x1a, link.traceState);
  writeAttributes(writer, 0x22, link.attributes);
  writeUint32(writer, 0x28, link.droppedAttributesCount);
  if (link.flags !== 0) writer.fixed32(0x35, link.flags);
}

function writeAttributes(writer: ProtobufWriter, tag: number, attributes: Attributes, depth = 0): void {
  for (const entry of attributes) writer.message(tag, () => writeKeyValue(writer, entry, depth));
}

function writeKeyValue(writer: ProtobufWriter, entry: KeyValue, depth: number): void {
  writeString(writer, 0x0a, entry.key);
  writer.message(0x12, () => writeAnyValue(writer, entry.value, depth));
}

/** A member of the oneof is written even when it is empty or 0: its presence is the type. */
function writeAnyValue(writer: ProtobufWriter, value: AttributeValue, depth: number): void {
  if (value === null) return;
  if (typeof value === 'string') writer.string(0x0a, value);
  else if (typeof value === 'boolean') writer.varint(0x10, value ? 1 : 0);
  else if (typeof value === 'bigint') writer.int64(0x18, value);
  else if (typeof value === 'number') writer.double(0x21, value);
  else if (value instanceof Uint8Array) writer.copy(0x3a, value);
  else if (depth >= maxValueDepth) writer.string(0x0a, tooDeep);
  else if (isKeyValueList(value))
    writer.message(0x32, () => writeAttributes(writer, 0x0a, value.entries, depth + 1));
  else {
    writer.message(0x2a, () => {
      for (const item of value) writer.message(0x0a, () => writeAnyValue(writer, item, depth + 1));
    });
  }
}

function writeString(writer: ProtobufWriter, tag: number, value: string): void {
  if (value !== '') writer.string(tag, value);
}

function writeUint32(writer: ProtobufWriter, tag: number, value: number): void {
  if (value !== 0) writer.varint(tag, value);
}
