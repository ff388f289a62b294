import { openHttpPort, type ReceiverOptions } from './httpReceiver';
import type { Receiver } from './portBinding';
import { zipkinHttp } from './zipkinHttp';

/** Zipkin: `POST /api/v2/spans` in JSON, on loopback, under the rules for hosts and origins of OTLP/HTTP. */
export function openZipkinReceiver(options: ReceiverOptions): Receiver {
  return openHttpPort(zipkinHttp(options), options);
}
