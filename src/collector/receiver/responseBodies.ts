import {
  encodeExportResponse,
  encodeRpcStatus,
  exportResponseToJson,
  rpcStatusToJson,
} from '../../otlp/exportResponse';
import type { OtlpEncoding } from './contentType';

/** ExportTraceServiceResponse in the request's encoding. */
export function exportResponse(
  { rejectedSpans, message }: { readonly rejectedSpans: number; readonly message: string },
  encoding: OtlpEncoding,
): Uint8Array | string {
  return encoding === 'protobuf'
    ? encodeExportResponse(rejectedSpans, message)
    : exportResponseToJson(rejectedSpans, message);
}

/** google.rpc.Status in the request's encoding. */
export function statusResponse(code: number, message: string, encoding: OtlpEncoding): Uint8Array | string {
  return encoding === 'protobuf' ? encodeRpcStatus(code, message) : rpcStatusToJson(code, message);
}
