import { parseSpanId, parseTraceId } from '../../../../src/core/model/ids';
import type { ResourceLogs } from '../../../../src/core/model/log';
import { nanoseconds } from '../../../../src/core/model/nanoseconds';
import {
  fromEntries,
  fromValue,
  hex,
  root,
  toEntries,
  toValue,
  type OracleKeyValue,
  type OracleScope,
  type OracleValue,
} from './oracle';

const request = root.lookupType('otlp.ExportLogsServiceRequest');

interface OracleRecord {
  timeUnixNano: string;
  observedTimeUnixNano: string;
  severityNumber: number;
  severityText: string;
  body: OracleValue | null;
  attributes: OracleKeyValue[];
  droppedAttributesCount: number;
  flags: number;
  traceId: Uint8Array;
  spanId: Uint8Array;
  eventName: string;
}

interface OracleRequest {
  resourceLogs: {
    resource: { attributes: OracleKeyValue[]; droppedAttributesCount: number };
    scopeLogs: { scope: OracleScope; logRecords: OracleRecord[]; schemaUrl: string }[];
    schemaUrl: string;
  }[];
}

/** The request that protobufjs makes of the model. */
export function oracleEncodeLogs(logs: readonly ResourceLogs[]): Uint8Array {
  const object: OracleRequest = {
    resourceLogs: logs.map(({ resource, schemaUrl, scopeLogs }) => ({
      resource: { ...resource, attributes: toEntries(resource.attributes) },
      schemaUrl,
      scopeLogs: scopeLogs.map(group => ({
        scope: { ...group.scope, attributes: toEntries(group.scope.attributes) },
        schemaUrl: group.schemaUrl,
        logRecords: group.logRecords.map(record => ({
          ...record,
          timeUnixNano: record.time.toString(),
          observedTimeUnixNano: record.observedTime.toString(),
          body: toValue(record.body),
          attributes: toEntries(record.attributes),
          traceId: Buffer.from(record.traceId, 'hex'),
          spanId: Buffer.from(record.spanId, 'hex'),
        })),
      })),
    })),
  };
  return request.encode(request.fromObject(object)).finish();
}

/** What protobufjs reads in a request, as the model. */
export function oracleDecodeLogs(bytes: Uint8Array): ResourceLogs[] {
  const object = request.toObject(request.decode(bytes), {
    longs: String,
    defaults: true,
    arrays: true,
  }) as OracleRequest;
  return object.resourceLogs.map(({ resource, schemaUrl, scopeLogs }) => ({
    resource: { ...resource, attributes: fromEntries(resource.attributes) },
    schemaUrl,
    scopeLogs: scopeLogs.map(({ scope, schemaUrl: scopeSchemaUrl, logRecords }) => ({
      scope: { ...scope, attributes: fromEntries(scope.attributes) },
      schemaUrl: scopeSchemaUrl,
      logRecords: logRecords.map(record => ({
        time: nanoseconds(BigInt(record.timeUnixNano)),
        observedTime: nanoseconds(BigInt(record.observedTimeUnixNano)),
        severityNumber: record.severityNumber,
        severityText: record.severityText,
        body: record.body ? fromValue(record.body) : null,
        attributes: fromEntries(record.attributes),
        droppedAttributesCount: record.droppedAttributesCount,
        flags: record.flags,
        traceId: parseTraceId(hex(record.traceId)) ?? '',
        spanId: parseSpanId(hex(record.spanId)) ?? '',
        eventName: record.eventName,
      })),
    })),
  }));
}
