import path from 'node:path';
import protobuf from 'protobufjs';

/** The member names of a Metric's data (metrics.proto). */
export const metricKinds = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const;
export type MetricKind = (typeof metricKinds)[number];

const root = protobuf.loadSync(
  path.join(import.meta.dirname, '../../../fixtures/otlp/metrics_service.proto'),
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

/** Such a document as protobufjs encodes it. */
export function encodeMetrics(document: object): Uint8Array<ArrayBuffer> {
  const message = root.lookupType('otlp.ExportMetricsServiceRequest');
  return new Uint8Array(message.encode(message.fromObject(document)).finish());
}
