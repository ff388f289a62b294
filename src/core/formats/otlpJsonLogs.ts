import type { LogRecord } from '../model/log';
import type { Resource, Scope } from '../model/span';
import { anyValueToJson, attributesToJson, resourceToJson, scopeToJson } from './otlpJson';
import type { ResourceJson, ScopeJson } from './otlpJson';
import type { AnyValue, KeyValueJson } from './otlpJsonTypes';

/** A LogRecord of opentelemetry/proto/logs/v1/logs.proto under the names and encodings of OTLP/JSON. */
export interface LogRecordJson {
  timeUnixNano: string;
  observedTimeUnixNano: string;
  severityNumber: number;
  severityText: string;
  body: AnyValue;
  attributes: KeyValueJson[];
  droppedAttributesCount: number;
  flags: number;
  traceId: string;
  spanId: string;
  eventName: string;
}

/** A log record with the resource and scope it came from: the shape of LogDetail (protocol/logDetail). */
export interface LogDetailJson extends LogRecordJson {
  resource: ResourceJson & { schemaUrl: string };
  scope: ScopeJson & { schemaUrl: string };
  service: string;
}

export function logRecordToJson(record: LogRecord): LogRecordJson {
  return {
    timeUnixNano: record.time.toString(),
    observedTimeUnixNano: record.observedTime.toString(),
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    body: anyValueToJson(record.body),
    attributes: attributesToJson(record.attributes),
    droppedAttributesCount: record.droppedAttributesCount,
    flags: record.flags,
    traceId: record.traceId,
    spanId: record.spanId,
    eventName: record.eventName,
  };
}

/** All of one log record as a plain object, ready for JSON.stringify. */
export function logToJson(
  record: LogRecord,
  resource: Resource,
  resourceSchemaUrl: string,
  scope: Scope,
  scopeSchemaUrl: string,
  service: string,
): LogDetailJson {
  return {
    ...logRecordToJson(record),
    resource: { ...resourceToJson(resource), schemaUrl: resourceSchemaUrl },
    scope: { ...scopeToJson(scope), schemaUrl: scopeSchemaUrl },
    service,
  };
}
