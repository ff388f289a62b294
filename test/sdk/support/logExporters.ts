import { OTLPLogExporter as GrpcLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as ProtoLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPExporterBase, getSharedConfigurationDefaults } from '@opentelemetry/otlp-exporter-base';
import {
  createOtlpHttpExportDelegate,
  httpAgentFactoryFromOptions,
} from '@opentelemetry/otlp-exporter-base/node-http';
import { JsonLogsSerializer, LogsExporterMetricsHelper } from '@opentelemetry/otlp-transformer';
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import type { Foreground } from './foreground';

/** The SDK's own exporters of log records, and for http/json the parts that its exporter consists of. */
export const logExporters: readonly [name: string, make: (to: Foreground) => LogRecordExporter][] = [
  ['http/protobuf', ({ http }) => new ProtoLogExporter({ url: logsUrl(http) })],
  ['http/json', ({ http }) => jsonLogExporter(logsUrl(http))],
  ['grpc', ({ grpc }) => new GrpcLogExporter({ url: grpc })],
];

function logsUrl(tracesUrl: string): string {
  return tracesUrl.replace('/v1/traces', '/v1/logs');
}

function jsonLogExporter(url: string): LogRecordExporter {
  return new OTLPExporterBase(
    createOtlpHttpExportDelegate(
      {
        ...getSharedConfigurationDefaults(),
        url,
        headers: () => Promise.resolve({ 'Content-Type': 'application/json' }),
        agentFactory: httpAgentFactoryFromOptions({ keepAlive: true }),
      },
      JsonLogsSerializer,
      'otlp_http_log_exporter',
      LogsExporterMetricsHelper,
      undefined,
    ),
  );
}
