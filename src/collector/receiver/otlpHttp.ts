import type { Log, RateLimitedLog } from '../log';
import { contentTypeOf, otlpEncoding, type OtlpEncoding } from './contentType';
import { exportRequest, retryAfterSeconds } from './exportRequest';
import { rpcCode, tryLater, type Answer, type HttpProtocol, type Refusal } from './httpProtocol';
import { exportResponse, statusResponse } from './responseBodies';
import { signals, type Destinations, type Signal } from './signals';

/** OTLP/HTTP (OTLP specification, "OTLP/HTTP") in front of `to`. */
export function otlpHttp(
  to: Destinations & { readonly log: Log; readonly refusals: RateLimitedLog },
): HttpProtocol {
  return {
    name: 'OTLP/HTTP',
    subsystem: 'http',
    otherPath: 'OTLP/HTTP traces go to POST /v1/traces.',
    otherProtocol: 'This port speaks OTLP over HTTP/1.1. OTLP/gRPC has a port of its own (4317 by default).',
    types: 'application/x-protobuf or application/json (UTF-8)',
    endpoint(path) {
      const signal = signals.find(({ httpPath }) => httpPath === path);
      return (
        signal &&
        ((body, contentType) => takeExport(signal, to, body, otlpEncoding(contentType) ?? 'protobuf'))
      );
    },
    accepts: contentType => otlpEncoding(contentType) !== undefined,
    refusal(contentType, refusal) {
      // "Failures": every 4xx and 5xx carries a Status. JSON is the form that a person can read, too.
      const encoding = otlpEncoding(contentType) ?? 'json';
      return {
        status: refusal.status,
        contentType: contentTypeOf(encoding),
        body: statusResponse(refusal, encoding),
      };
    },
  };
}

async function takeExport(
  signal: Signal,
  to: Destinations & { readonly log: Log; readonly refusals: RateLimitedLog },
  body: Uint8Array,
  encoding: OtlpEncoding,
): Promise<Answer | Refusal> {
  const outcome = await exportRequest(signal, to, body, encoding);
  switch (outcome.kind) {
    case 'success':
      if (outcome.rejected > 0)
        to.refusals.write('partial', 'warn', 'http', `left out of an export: ${outcome.message}`);
      return {
        status: 200,
        contentType: contentTypeOf(encoding),
        body: exportResponse(signal, outcome, encoding),
      };
    case 'bad-data':
      return { status: 400, code: rpcCode.invalidArgument, message: outcome.message, field: outcome.field };
    case 'unavailable':
      return tryLater(outcome.message, retryAfterSeconds);
  }
}
