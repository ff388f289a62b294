import { countJsonItems } from '../../otlp/countJsonItems';
import { countProtobufItems } from '../../otlp/countProtobufItems';
import { parseOtlpJson } from '../../otlp/parseOtlpJson';
import { logsRequest, metricsRequest, type MessageShape } from '../../otlp/requestShape';
import type { RejectedSpans } from '../../otlp/spanBatch';
import type { OtlpEncoding } from './contentType';
import type { DiscardedSignal, Discards } from './discards';
import { exportTraces, type ExportSink } from './exportTraces';

/** Where export requests of all signals end up. */
export interface Destinations {
  readonly sink: ExportSink;
  readonly discards: Discards;
}

/** One signal of OTLP: where it arrives, and what is done with it. */
export interface Signal {
  /** OTLP specification, "OTLP/HTTP Request". */
  readonly httpPath: string;
  /** The fully qualified name of its service (opentelemetry/proto/collector). */
  readonly grpcService: string;
  /**
   * Takes the body of an export request and answers what was left out of it.
   * @throws or rejects with MalformedProtobufError or InvalidJsonError where it is none, UnavailableError where it
   * cannot be kept now
   */
  take(
    to: Destinations,
    body: Uint8Array,
    encoding: OtlpEncoding,
  ): readonly RejectedSpans[] | Promise<readonly RejectedSpans[]>;
}

export const signals: readonly Signal[] = [
  {
    httpPath: '/v1/traces',
    grpcService: 'opentelemetry.proto.collector.trace.v1.TraceService',
    take: ({ sink }, body, encoding) => exportTraces(sink, body, encoding),
  },
  {
    httpPath: '/v1/metrics',
    grpcService: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
    take: discarding('metrics', metricsRequest),
  },
  {
    httpPath: '/v1/logs',
    grpcService: 'opentelemetry.proto.collector.logs.v1.LogsService',
    take: discarding('logs', logsRequest),
  },
];

/**
 * Checks and counts a request and lets go of it. Nothing counts as left out: an SDK would warn of a partial success, and
 * its user has done nothing wrong.
 */
function discarding(signal: DiscardedSignal, shape: MessageShape): Signal['take'] {
  return ({ discards }, body, encoding) => {
    const count =
      encoding === 'json' ? countJsonItems(parseOtlpJson(body), shape) : countProtobufItems(body, shape);
    discards.add(signal, count);
    return [];
  };
}
