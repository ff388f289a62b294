import type { ResourceSpans, Span, SpanEvent, SpanLink } from '../core/model/span';
import { encodeRequest } from './encodeRequest';
import type { ProtobufWriter } from './protobufWriter';
import { writeAttributes, writeString, writeUint32 } from './writeCommon';

/**
 * An ExportTraceServiceRequest (collector/trace/v1/trace_service.proto): decodeTraces gives back what went in. Fields
 * with default values are left out, as proto3 does.
 */
export function encodeTraces(traces: readonly ResourceSpans[]): Uint8Array {
  return encodeRequest(
    traces,
    ({ scopeSpans }) => scopeSpans,
    ({ spans }) => spans,
    writeSpan,
  );
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
