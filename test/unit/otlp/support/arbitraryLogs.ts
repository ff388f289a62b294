import * as fc from 'fast-check';
import type { LogRecord, ResourceLogs } from '../../../../src/core/model/log';
import {
  attributes,
  count,
  enumeration,
  nanos,
  record,
  resource,
  scope,
  spanId,
  text,
  traceId,
  uint32,
  value,
} from './arbitraryParts';
import { nanoseconds } from '../../../../src/core/model/nanoseconds';

const time = fc.oneof({ arbitrary: nanos, weight: 3 }, fc.constant(nanoseconds(0n)));

const logRecord: fc.Arbitrary<LogRecord> = record({
  time,
  observedTime: time,
  severityNumber: fc.oneof(fc.integer({ min: 0, max: 24 }), enumeration),
  severityText: text,
  body: value,
  attributes,
  droppedAttributesCount: count,
  flags: uint32,
  traceId: fc.oneof(traceId, fc.constant('' as const)),
  spanId: fc.oneof(spanId, fc.constant('' as const)),
  eventName: text,
});

/** Any export request that the model can hold, with well-formed strings. */
export const arbitraryLogs: fc.Arbitrary<ResourceLogs[]> = fc.array(
  record({
    resource,
    schemaUrl: text,
    scopeLogs: fc.array(
      record({ scope, schemaUrl: text, logRecords: fc.array(logRecord, { maxLength: 3 }) }),
      { maxLength: 3 },
    ),
  }),
  { maxLength: 3 },
);
