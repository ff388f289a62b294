import type { RpcStatus } from '../../../../src/otlp/rpcStatus';
import { oracleObject } from './oracle';

/** A google.rpc.Status as protobufjs reads it. Throws for details that OTLP does not speak of. */
export function readRpcStatus(bytes: Uint8Array): RpcStatus {
  const {
    code = 0,
    message = '',
    details = [],
  } = oracleObject('RpcStatus', bytes) as {
    code?: number;
    message?: string;
    details?: { typeUrl: string; value: Uint8Array }[];
  };
  const status = { code, message };
  for (const { typeUrl, value } of details) Object.assign(status, readDetail(typeUrl, value));
  return status;
}

function readDetail(typeUrl: string, value: Uint8Array): Partial<RpcStatus> {
  switch (typeUrl) {
    case 'type.googleapis.com/google.rpc.BadRequest': {
      const { fieldViolations } = oracleObject('BadRequest', value) as {
        fieldViolations: { field?: string; description: string }[];
      };
      const [{ field = '', description } = { description: '' }] = fieldViolations;
      return { violation: { field, description } };
    }
    case 'type.googleapis.com/google.rpc.RetryInfo': {
      const { retryDelay } = oracleObject('RetryInfo', value) as { retryDelay: { seconds: string } };
      return { retryAfterSeconds: Number(retryDelay.seconds) };
    }
    default:
      throw new Error(`a detail of type ${typeUrl}`);
  }
}
