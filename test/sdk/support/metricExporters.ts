import { OTLPExporterBase, getSharedConfigurationDefaults } from '@opentelemetry/otlp-exporter-base';
import {
  createOtlpHttpExportDelegate,
  httpAgentFactoryFromOptions,
} from '@opentelemetry/otlp-exporter-base/node-http';
import {
  createEmptyMetadata,
  createInsecureCredentials,
  createOtlpGrpcExportDelegate,
} from '@opentelemetry/otlp-grpc-exporter-base';
import {
  JsonMetricsSerializer,
  MetricsExporterMetricsHelper,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { Foreground } from './foreground';

// The packages of the metric exporters are not published in the version of the rest of the SDK. These are the parts that
// they consist of.

/** OTLP/HTTP in either encoding. */
export function httpMetricExporter({ http }: Foreground, encoding: 'protobuf' | 'json'): PushMetricExporter {
  const contentType = encoding === 'protobuf' ? 'application/x-protobuf' : 'application/json';
  return new OTLPExporterBase(
    createOtlpHttpExportDelegate(
      {
        ...getSharedConfigurationDefaults(),
        url: http.replace('/v1/traces', '/v1/metrics'),
        headers: () => Promise.resolve({ 'Content-Type': contentType }),
        agentFactory: httpAgentFactoryFromOptions({ keepAlive: true }),
      },
      encoding === 'protobuf' ? ProtobufMetricsSerializer : JsonMetricsSerializer,
      'otlp_http_metric_exporter',
      MetricsExporterMetricsHelper,
      undefined,
    ),
  );
}

/** OTLP/gRPC. */
export function grpcMetricExporter({ grpcPort }: Foreground): PushMetricExporter {
  return new OTLPExporterBase(
    createOtlpGrpcExportDelegate(
      {
        ...getSharedConfigurationDefaults(),
        url: `127.0.0.1:${grpcPort}`,
        metadata: createEmptyMetadata,
        credentials: createInsecureCredentials,
      },
      ProtobufMetricsSerializer,
      'otlp_grpc_metric_exporter',
      MetricsExporterMetricsHelper,
      undefined,
      'MetricsExportService',
      '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
    ),
  );
}
