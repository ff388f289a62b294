import type { AttributeReader, NamedText } from '../attributeReader';
import { serverAddress } from './serverAddress';

/** What remote procedure was called, and how it answered. */
export interface RpcFacts {
  readonly system: string | undefined;
  readonly service: string | undefined;
  readonly method: string | undefined;
  /** With the name of a gRPC code: `5 NOT_FOUND`. */
  readonly status: string | undefined;
  readonly errorMessage: string | undefined;
  readonly requestMetadata: readonly NamedText[];
  readonly responseMetadata: readonly NamedText[];
  readonly server: string | undefined;
}

/** Status codes of gRPC (grpc/grpc, doc/statuscodes.md); the array index is the number on the wire. */
const grpcStatus = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

/** Semantic conventions for RPC spans, of 1.30 and before and the names that follow them. */
export function rpcFacts(attributes: AttributeReader): RpcFacts {
  const code = attributes.number('rpc.grpc.status_code', 'grpc.status_code');
  const name = code === undefined ? undefined : grpcStatus[code];
  return {
    system: attributes.text('rpc.system.name', 'rpc.system'),
    service: attributes.text('rpc.service', 'grpc.service'),
    method: attributes.text('rpc.method', 'grpc.method'),
    status:
      code === undefined
        ? attributes.text('rpc.response.status_code', 'rpc.connect_rpc.error_code', 'rpc.jsonrpc.error_code')
        : name === undefined
          ? String(code)
          : `${code} ${name}`,
    errorMessage: attributes.text('rpc.jsonrpc.error_message', 'grpc.error_message', 'error.message'),
    requestMetadata: attributes.under(
      'rpc.request.metadata.',
      'rpc.grpc.request.metadata.',
      'rpc.connect_rpc.request.metadata.',
    ),
    responseMetadata: attributes.under(
      'rpc.response.metadata.',
      'rpc.grpc.response.metadata.',
      'rpc.connect_rpc.response.metadata.',
    ),
    server: serverAddress(attributes),
  };
}
