import { encodeRpcStatus, type RpcStatus } from '../../otlp/rpcStatus';
import { rpcCode } from './httpProtocol';

/** The metadata that ends a call (PROTOCOL-HTTP2.md, "Responses"). */
export function statusTrailers(status: RpcStatus): Record<string, string> {
  const { code, message, violation, retryAfterSeconds } = status;
  const hasDetails = violation !== undefined || retryAfterSeconds !== undefined;
  return {
    'grpc-status': String(code),
    ...(message === '' ? {} : { 'grpc-message': percentEncoded(message) }),
    ...(hasDetails
      ? { 'grpc-status-details-bin': Buffer.from(encodeRpcStatus(status)).toString('base64') }
      : {}),
  };
}

/** For the log: "RESOURCE_EXHAUSTED". */
export function statusName(code: number): string {
  const name = Object.entries(rpcCode).find(([, each]) => each === code)?.[0] ?? String(code);
  return name.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase();
}

/** PROTOCOL-HTTP2.md, "Percent-Encoded": every byte of UTF-8 that is not printable ASCII, and the percent sign. */
function percentEncoded(message: string): string {
  return Buffer.from(message, 'utf8')
    .toString('latin1')
    .replace(
      /[^\x20-\x24\x26-\x7e]/g,
      byte => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
}
