import path from 'node:path';
import protobuf from 'protobufjs';

/** The member names of a Metric's data (metrics.proto). */
export const metricKinds = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const;
export type MetricKind = (typeof metricKinds)[number];

const root = protobuf.loadSync(
  path.join(import.meta.dirname, '../../../fixtures/otlp/metrics_and_logs_service.proto'),
);

/** An ExportMetricsServiceRequest in OTLP/JSON, one metric with so many data points each. */
export function metricsDocument(metrics: readonly { kind: MetricKind; points: number }[]): object {
  const point = {
    startTimeUnixNano: '1760000000000000001',
    timeUnixNano: '1760000000000000002',
    asDouble: 1.5,
  };
  return {
    resourceMetrics: [
      {
        resource: { droppedAttributesCount: 1 },
        schemaUrl: 'https://opentelemetry.io/schemas/1.30.0',
        scopeMetrics: [
          {
            scope: { name: 'meter', version: '1' },
            metrics: metrics.map(({ kind, points }, i) => ({
              name: `metric.${i}`,
              unit: 'ms',
              [kind]: { aggregationTemporality: 2, dataPoints: Array.from({ length: points }, () => point) },
            })),
          },
        ],
      },
    ],
  };
}

/** An ExportLogsServiceRequest in OTLP/JSON, one scope with so many records each. */
export function logsDocument(...scopes: readonly number[]): object {
  const record = { timeUnixNano: '1760000000000000001', severityNumber: 9, severityText: 'INFO', flags: 1 };
  return {
    resourceLogs: [
      {
        resource: {},
        scopeLogs: scopes.map((count, i) => ({
          scope: { name: `logger.${i}` },
          logRecords: Array.from({ length: count }, () => record),
        })),
      },
    ],
  };
}

/** A document of the two above as protobufjs encodes it. */
export function encodeDocument(
  type: 'ExportMetricsServiceRequest' | 'ExportLogsServiceRequest',
  document: object,
): Uint8Array<ArrayBuffer> {
  const message = root.lookupType(`otlp.${type}`);
  return new Uint8Array(message.encode(message.fromObject(document)).finish());
}
