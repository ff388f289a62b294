import { parseSpanId, parseTraceId } from '../core/model/ids';
import { severityNumbers, type LogRecord, type ResourceLogs, type ScopeLogs } from '../core/model/log';
import { nanoseconds } from '../core/model/nanoseconds';
import { InvalidJsonError } from './invalidJsonError';
import { anyValueFromJson, attributesFromJson } from './jsonAttributes';
import { resourceFromJson, scopeFromJson } from './jsonContexts';
import {
  arrayMember,
  eachObject,
  enumMember,
  field,
  isObject,
  member,
  stringMember,
  uint32Member,
  uint64Member,
  type JsonObject,
} from './jsonFields';
import type { RejectedLogRecords } from './logBatch';
import { RejectedCounts } from './rejectedCounts';

type LogCounts = RejectedCounts<RejectedLogRecords['reason']>;

export interface LogsInJson {
  readonly resourceLogs: ResourceLogs[];
  /** Log records that were left out. */
  readonly rejected: RejectedLogRecords[];
}

const resourceLogs = field('resourceLogs');
const scopeLogs = field('scopeLogs');
const logRecords = field('logRecords');
const schemaUrl = field('schemaUrl');
const timeUnixNano = field('timeUnixNano');
const observedTimeUnixNano = field('observedTimeUnixNano');
const severityNumber = field('severityNumber');
const severityText = field('severityText');
const body = field('body');
const attributes = field('attributes');
const droppedAttributesCount = field('droppedAttributesCount');
const flags = field('flags');
const traceId = field('traceId');
const spanId = field('spanId');
const eventName = field('eventName');

/**
 * An OTLP/JSON ExportLogsServiceRequest (OTLP specification, "JSON Protobuf Encoding"), already parsed: see
 * parseOtlpJson. Unknown members are ignored. Throws InvalidJsonError where the document as a whole is none, a resource
 * or scope included; a single bad record is left out and counted. An id that is invalid counts as none.
 */
export function logsFromJson(document: unknown): LogsInJson {
  if (!isObject(document)) throw new InvalidJsonError('expected an object');
  const rejected: LogCounts = new RejectedCounts();
  const groups = eachObject(document, resourceLogs, json => ({
    resource: resourceFromJson(json),
    schemaUrl: stringMember(json, schemaUrl),
    scopeLogs: eachObject(json, scopeLogs, item => scopeLogsFromJson(item, rejected)),
  }));
  return { resourceLogs: groups, rejected: rejected.list() };
}

function scopeLogsFromJson(json: JsonObject, rejected: LogCounts): ScopeLogs {
  const good: LogRecord[] = [];
  for (const item of arrayMember(json, logRecords)) {
    const record = recordFromJson(item);
    if (record) good.push(record);
    else rejected.add('malformed-log-record');
  }
  return { scope: scopeFromJson(json), schemaUrl: stringMember(json, schemaUrl), logRecords: good };
}

function recordFromJson(json: unknown): LogRecord | undefined {
  if (!isObject(json)) return undefined;
  const trace = member(json, traceId);
  const span = member(json, spanId);
  try {
    return {
      time: nanoseconds(uint64Member(json, timeUnixNano)),
      observedTime: nanoseconds(uint64Member(json, observedTimeUnixNano)),
      severityNumber: enumMember(json, severityNumber, severityNumbers),
      severityText: stringMember(json, severityText),
      body: anyValueFromJson(member(json, body)),
      attributes: attributesFromJson(json, attributes),
      droppedAttributesCount: uint32Member(json, droppedAttributesCount),
      flags: uint32Member(json, flags),
      traceId: (typeof trace === 'string' ? parseTraceId(trace) : undefined) ?? '',
      spanId: (typeof span === 'string' ? parseSpanId(span) : undefined) ?? '',
      eventName: stringMember(json, eventName),
    };
  } catch (error) {
    if (error instanceof InvalidJsonError) return undefined;
    throw error;
  }
}
