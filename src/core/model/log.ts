import type { Attributes, AttributeValue } from './attributes';
import type { SpanId, TraceId } from './ids';
import type { Nanoseconds } from './nanoseconds';
import type { Resource, Scope } from './span';

/** SeverityNumber of opentelemetry/proto/logs/v1/logs.proto; the array index is the number on the wire. */
export const severityNumbers: readonly string[] = [
  'SEVERITY_NUMBER_UNSPECIFIED',
  ...['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap(name =>
    ['', '2', '3', '4'].map(step => `SEVERITY_NUMBER_${name}${step}`),
  ),
];

/** A log record with all it came with (logs.proto, message LogRecord). */
export interface LogRecord {
  /** 0 = unknown; the observed time stands in for it then. */
  readonly time: Nanoseconds;
  readonly observedTime: Nanoseconds;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: AttributeValue;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly flags: number;
  /** '' where it has none, or none that is valid. */
  readonly traceId: TraceId | '';
  readonly spanId: SpanId | '';
  readonly eventName: string;
}

/** ExportLogsServiceRequest in the model (collector/logs/v1/logs_service.proto). */
export interface ResourceLogs {
  readonly resource: Resource;
  readonly schemaUrl: string;
  readonly scopeLogs: readonly ScopeLogs[];
}

export interface ScopeLogs {
  readonly scope: Scope;
  readonly schemaUrl: string;
  readonly logRecords: readonly LogRecord[];
}
