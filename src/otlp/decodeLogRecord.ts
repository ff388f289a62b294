import type { AttributeValue, KeyValue } from '../core/model/attributes';
import { parseSpanId, parseTraceId } from '../core/model/ids';
import type { LogRecord } from '../core/model/log';
import { nanoseconds } from '../core/model/nanoseconds';
import { decodeAnyValue, decodeKeyValue } from './decodeAttributes';
import { ProtobufReader } from './protobufReader';

// Tags (field number * 8 + wire type) of opentelemetry/proto/logs/v1/logs.proto, message LogRecord.
const recordTime = 0x09;
const recordSeverityNumber = 0x10;
const recordSeverityText = 0x1a;
const recordBody = 0x2a;
const recordAttributes = 0x32;
const recordDroppedAttributes = 0x38;
const recordFlags = 0x45;
const recordTraceId = 0x4a;
const recordSpanId = 0x52;
const recordObservedTime = 0x59;
const recordEventName = 0x62;

/**
 * All of one encoded LogRecord message. Throws MalformedProtobufError, which does not happen for bytes that
 * shallowDecodeLogs accepted. An invalid id counts as none.
 */
export function decodeLogRecord(bytes: Uint8Array): LogRecord {
  const reader = new ProtobufReader(bytes);
  let time = 0n;
  let observedTime = 0n;
  let severityNumber = 0;
  let severityText = '';
  let body: AttributeValue = null;
  let droppedAttributesCount = 0;
  let flags = 0;
  let traceId = '';
  let spanId = '';
  let eventName = '';
  const attributes: KeyValue[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === recordAttributes) decodeKeyValue(reader, attributes);
    else if (tag === recordTime) time = reader.fixed64();
    else if (tag === recordObservedTime) observedTime = reader.fixed64();
    else if (tag === recordSeverityNumber) severityNumber = reader.int32();
    else if (tag === recordSeverityText) severityText = reader.string();
    else if (tag === recordBody) body = decodeAnyValue(reader);
    else if (tag === recordDroppedAttributes) droppedAttributesCount = reader.uint32();
    else if (tag === recordFlags) flags = reader.fixed32();
    else if (tag === recordTraceId) traceId = reader.hex();
    else if (tag === recordSpanId) spanId = reader.hex();
    else if (tag === recordEventName) eventName = reader.string();
    else reader.skip(tag);
  }
  return {
    time: nanoseconds(time),
    observedTime: nanoseconds(observedTime),
    severityNumber,
    severityText,
    body,
    attributes,
    droppedAttributesCount,
    flags,
    traceId: parseTraceId(traceId) ?? '',
    spanId: parseSpanId(spanId) ?? '',
    eventName,
  };
}
