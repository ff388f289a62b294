import { serviceName, unknownService } from '../core/semantics/serviceName';
import { ByteCache } from './byteCache';
import { decodeResource } from './decodeSpan';

const services = new ByteCache(128, 4096, (bytes, start, end) =>
  serviceName(decodeResource(bytes.subarray(start, end))),
);

/**
 * The service that an encoded Resource message names, `unknown_service` where it names none; remembered by the bytes,
 * of which a program sends the same ones all its life. Throws MalformedProtobufError.
 */
export function serviceOf(resource: Uint8Array): string {
  if (resource.length === 0) return unknownService;
  return services.get(resource, 0, resource.length);
}
