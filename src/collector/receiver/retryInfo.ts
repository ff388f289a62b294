import { ProtobufWriter } from '../../otlp/protobufWriter';

const unavailable = 14;

/**
 * A google.rpc.Status with a google.rpc.RetryInfo detail (googleapis, google/rpc/status.proto and error_details.proto):
 * what gRPC carries in `grpc-status-details-bin` to say when to try again.
 */
export function retryInfoStatus(message: string, retryAfterSeconds: number): Uint8Array {
  const writer = new ProtobufWriter();
  writer.varint(0x08, unavailable);
  writer.string(0x12, message);
  writer.message(0x1a, () => {
    writer.string(0x0a, 'type.googleapis.com/google.rpc.RetryInfo');
    // RetryInfo.retry_delay is a Duration, whose field 1 is the seconds.
    writer.message(0x12, () => writer.message(0x0a, () => writer.varint(0x08, retryAfterSeconds)));
  });
  return writer.finish();
}
