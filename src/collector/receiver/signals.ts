import { countJsonItems } from '../../otlp/countJsonItems';
import { countProtobufItems } from '../../otlp/countProtobufItems';
import { parseOtlpJson } from '../../otlp/parseOtlpJson';
import { metricsRequest } from '../../otlp/requestShape';
import type { OtlpEncoding } from './contentType';
import type { Discards } from './discards';
import { exportLogs, type LogSink } from './exportLogs';
import { exportTraces, type ExportSink } from './exportTraces';
import type { Rejected } from './rejected';

/** Where export requests of all signals end up. */
export interface Destinations {
  readonly sink: ExportSink & LogSink;
  readonly discards: Discards;
}

/** One signal of OTLP: where it arrives, and what is done with it. */
export interface Signal {
  /** OTLP specification, "OTLP/HTTP Request". */
  readonly httpPath: string;
  /** The fully qualified name of its service (opentelemetry/proto/collector). */
  readonly grpcService: string;
  /** What it is made of, in the singular. */
  readonly item: string;
  /** The count in the partial success of its response, in OTLP/JSON (opentelemetry/proto/collector). */
  readonly rejectedCount: string;
  /**
   * Takes the body of an export request and answers what was left out of it; then the body's memory is used again.
   * @throws or rejects with MalformedProtobufError or InvalidJsonError where it is none, UnavailableError where it
   * cannot be kept now
   */
  take(
    to: Destinations,
    body: Uint8Array,
    encoding: OtlpEncoding,
  ): readonly Rejected[] | Promise<readonly Rejected[]>;
}

export const signals: readonly Signal[] = [
  {
    httpPath: '/v1/traces',
    grpcService: 'opentelemetry.proto.collector.trace.v1.TraceService',
    item: 'span',
    rejectedCount: 'rejectedSpans',
    take: ({ sink }, body, encoding) => exportTraces(sink, body, encoding),
  },
  {
    httpPath: '/v1/metrics',
    grpcService: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
    item: 'data point',
    rejectedCount: 'rejectedDataPoints',
    take: discardMetrics,
  },
  {
    httpPath: '/v1/logs',
    grpcService: 'opentelemetry.proto.collector.logs.v1.LogsService',
    item: 'log record',
    rejectedCount: 'rejectedLogRecords',
    take: ({ sink }, body, encoding) => exportLogs(sink, body, encoding),
  },
];

/**
 * Checks and counts a request and lets go of it. Nothing counts as left out: an SDK would warn of a partial success, and
 * its user has done nothing wrong.
 */
function discardMetrics(
  { discards }: Destinations,
  body: Uint8Array,
  encoding: OtlpEncoding,
): readonly Rejected[] {
  discards.add(
    encoding === 'json'
      ? countJsonItems(parseOtlpJson(body), metricsRequest)
      : countProtobufItems(body, metricsRequest),
  );
  return [];
}
