import { encodeExportResponse, exportResponseToJson } from '../../otlp/exportResponse';
import { encodeRpcStatus, rpcStatusToJson } from '../../otlp/rpcStatus';
import type { OtlpEncoding } from './contentType';
import type { Signal } from './signals';
import type { Refusal } from './httpProtocol';

/** The response to an export of `signal` in the request's encoding. */
export function exportResponse(
  { rejectedCount }: Signal,
  { rejected, message }: { readonly rejected: number; readonly message: string },
  encoding: OtlpEncoding,
): Uint8Array | string {
  return encoding === 'protobuf'
    ? encodeExportResponse(rejected, message)
    : exportResponseToJson(rejectedCount, rejected, message);
}

/** google.rpc.Status in the request's encoding. */
export function statusResponse(
  { code, message, field, retryAfterSeconds }: Refusal,
  encoding: OtlpEncoding,
): Uint8Array | string {
  const status = {
    code,
    message,
    ...(field === undefined ? {} : { violation: { field, description: message } }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  return encoding === 'protobuf' ? encodeRpcStatus(status) : rpcStatusToJson(status);
}
