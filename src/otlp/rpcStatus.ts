import { ProtobufWriter } from './protobufWriter';

/** A google.rpc.Status (googleapis, google/rpc/status.proto) with the details that OTLP has a use for. */
export interface RpcStatus {
  /** google.rpc.Code: 3 = INVALID_ARGUMENT, 14 = UNAVAILABLE, ... */
  readonly code: number;
  readonly message: string;
  /** google.rpc.BadRequest: what of the request is wrong. `field` is '' for all of it. */
  readonly violation?: { readonly field: string; readonly description: string };
  /** google.rpc.RetryInfo: whole seconds until the request may come again. */
  readonly retryAfterSeconds?: number;
}

const badRequest = 'type.googleapis.com/google.rpc.BadRequest';
const retryInfo = 'type.googleapis.com/google.rpc.RetryInfo';

/**
 * In protobuf: the body of a failed OTLP/HTTP response, and what gRPC carries in `grpc-status-details-bin`
 * (OTLP specification, "Failures", "Bad Data" and "OTLP/gRPC Throttling"; google/rpc/error_details.proto).
 */
export function encodeRpcStatus({ code, message, violation, retryAfterSeconds }: RpcStatus): Uint8Array {
  const writer = new ProtobufWriter();
  const detail = (type: string, write: () => void): void =>
    writer.message(0x1a, () => {
      writer.string(0x0a, type);
      writer.message(0x12, write);
    });
  if (code !== 0) writer.int32(0x08, code);
  if (message !== '') writer.string(0x12, message);
  if (violation)
    detail(badRequest, () =>
      writer.message(0x0a, () => {
        if (violation.field !== '') writer.string(0x0a, violation.field);
        writer.string(0x12, violation.description);
      }),
    );
  // RetryInfo.retry_delay is a Duration, whose field 1 is the seconds.
  if (retryAfterSeconds !== undefined)
    detail(retryInfo, () => writer.message(0x0a, () => writer.varint(0x08, retryAfterSeconds)));
  return writer.finish();
}

/** The same in JSON (proto3 JSON mapping, "Any" and "Duration"). */
export function rpcStatusToJson({ code, message, violation, retryAfterSeconds }: RpcStatus): string {
  const details = [
    ...(violation ? [{ '@type': badRequest, fieldViolations: [violation] }] : []),
    ...(retryAfterSeconds === undefined ? [] : [{ '@type': retryInfo, retryDelay: `${retryAfterSeconds}s` }]),
  ];
  return JSON.stringify({ code, message, ...(details.length === 0 ? {} : { details }) });
}
