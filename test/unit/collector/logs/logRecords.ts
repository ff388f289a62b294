import type { LogRecord, ResourceLogs } from '../../../../src/core/model/log';
import { nanoseconds } from '../../../../src/core/model/nanoseconds';
import { encodeLogs } from '../../../../src/otlp/encodeLogs';
import { spanId, testStart, traceId } from '../ingest/support/requests';

export interface LogFields {
  /** 0 = none. */
  trace?: number;
  /** 0 = none. */
  span?: number;
  body?: string;
  /** ns from testStart; null = a time of 0. */
  time?: number | null;
  severity?: number;
  /** Length of an attribute that makes the record large. */
  padding?: number;
}

export function logRecord(fields: LogFields = {}): LogRecord {
  const { trace = 1, span = 1, body = 'added to cart', time = 0, severity = 9, padding } = fields;
  return {
    time: nanoseconds(time === null ? 0n : testStart + BigInt(time)),
    observedTime: nanoseconds(testStart + 999n),
    severityNumber: severity,
    severityText: 'INFO',
    body,
    attributes: padding === undefined ? [] : [{ key: 'padding', value: 'x'.repeat(padding) }],
    droppedAttributesCount: 0,
    flags: 1,
    traceId: trace === 0 ? '' : traceId(trace),
    spanId: span === 0 ? '' : spanId(span),
    eventName: '',
  };
}

export function logsOf(service: string, ...logRecords: readonly LogRecord[]): ResourceLogs[] {
  return [
    {
      resource: { attributes: [{ key: 'service.name', value: service }], droppedAttributesCount: 0 },
      schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
      scopeLogs: [
        {
          scope: { name: `logger of ${service}`, version: '2', attributes: [], droppedAttributesCount: 0 },
          schemaUrl: 'https://example.com/scope',
          logRecords,
        },
      ],
    },
  ];
}

/** An export request with log records of one service. */
export function logsRequest(service: string, ...records: readonly LogFields[]): Uint8Array {
  return encodeLogs(logsOf(service, ...records.map(logRecord)));
}
