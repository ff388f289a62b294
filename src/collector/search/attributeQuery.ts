import type { Attributes, AttributeValue } from '../../core/model/attributes';
import { encodeAttribute, encodeScalar, type ScalarValue } from '../../otlp/encodeAttribute';

/**
 * Asks for attributes called one of `keys` with one of `values`: of the same type, doubles bit by bit. A header or
 * metadata attribute is an array in the semantic conventions: there an array of just the value counts too.
 */
export interface AttributeQuery {
  readonly keys: readonly string[];
  readonly values: readonly ScalarValue[];
}

/** A shorter text stands in too many places to be looked for without its key. */
const minAloneBytes = 6;

/** What the bytes of every span, resource or scope that matches contain at least one of. */
export function searchBytes({ keys, values }: AttributeQuery): Uint8Array[] {
  return values.flatMap(value => {
    const alone = encodeScalar(value);
    // One pass over the bytes instead of one for each key.
    if (keys.length > 1 && typeof value === 'string' && alone.length >= minAloneBytes) return [alone];
    return keys.flatMap(key => [
      encodeAttribute(key, value),
      ...(mayBeArray(key) ? [encodeAttribute(key, value, true)] : []),
    ]);
  });
}

/** Whether one of `attributes` is what is asked for. */
export function hasAttribute(attributes: Attributes, { keys, values }: AttributeQuery): boolean {
  return attributes.some(
    ({ key, value }) =>
      keys.includes(key) && values.some(wanted => Object.is(mayBeArray(key) ? only(value) : value, wanted)),
  );
}

/** `http.request.header.x-request-id`, `rpc.grpc.response.metadata.…`: semantic conventions, HTTP and RPC. */
function mayBeArray(key: string): boolean {
  return /\.(?:header|metadata)\./.test(key);
}

function only(value: AttributeValue): AttributeValue {
  if (!Array.isArray(value)) return value;
  const items: readonly AttributeValue[] = value;
  return items.length === 1 ? (items[0] ?? null) : items;
}
