import { InvalidJsonError } from './invalidJsonError';

// Members of OTLP/JSON objects (OTLP specification, "JSON Protobuf Encoding", and the proto3 JSON mapping it builds on):
// both lowerCamelCase and the original snake_case names are read, null and absent mean the default value, integers come
// as numbers or as strings. Each reader throws InvalidJsonError for a value of another type.

export type JsonObject = Readonly<Record<string, unknown>>;

/** The name of a member in both spellings. */
export interface Field {
  readonly camel: string;
  readonly snake: string;
}

export function field(camel: string): Field {
  return { camel, snake: camel.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`) };
}

/** The member, undefined where it is absent or null. */
export function member(object: JsonObject, { camel, snake }: Field): unknown {
  return object[camel] ?? object[snake] ?? undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectMember(object: JsonObject, name: Field): JsonObject {
  const value = member(object, name) ?? {};
  if (!isObject(value)) throw new InvalidJsonError('expected an object', name.camel);
  return value;
}

export function arrayMember(object: JsonObject, name: Field): readonly unknown[] {
  const value = member(object, name) ?? [];
  if (!Array.isArray(value)) throw new InvalidJsonError('expected an array', name.camel);
  return value;
}

/** What `read` answers for each object of an array; what it throws gets the path it happened at. */
export function eachObject<T>(object: JsonObject, list: Field, read: (item: JsonObject) => T): T[] {
  return arrayMember(object, list).map((item, index) => {
    try {
      if (!isObject(item)) throw new InvalidJsonError('expected an object');
      return read(item);
    } catch (error) {
      // The path is put together only where it is needed: a list may have millions of items.
      throw located(error, `${list.camel}[${index}]`);
    }
  });
}

/** What `read` answers; what it throws gets the path it happened at. */
export function within<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw located(error, path);
  }
}

function located(error: unknown, path: string): unknown {
  return error instanceof InvalidJsonError ? error.within(path) : error;
}

export function stringMember(object: JsonObject, name: Field): string {
  const value = member(object, name) ?? '';
  if (typeof value !== 'string') throw new InvalidJsonError('expected a string', name.camel);
  return value;
}

/** The hex digits of a bytes field that is an id; '' where it is absent. */
export function hexMember(object: JsonObject, name: Field): string {
  const value = stringMember(object, name);
  if (!/^(?:[0-9a-f]{2})*$/i.test(value)) throw new InvalidJsonError('expected hex digits', name.camel);
  return value.toLowerCase();
}

export function uint32Member(object: JsonObject, name: Field): number {
  return Number(integer(member(object, name) ?? 0, 0n, 0xffff_ffffn, name.camel));
}

/** fixed64: nanoseconds since the epoch. */
export function uint64Member(object: JsonObject, name: Field): bigint {
  return integer(member(object, name) ?? 0, 0n, 0xffff_ffff_ffff_ffffn, name.camel);
}

/**
 * An enum by its number (OTLP specification) or its name (which proto3 JSON parsers accept). A name unknown to us is 0,
 * as parsers that ignore unknown fields have it.
 */
export function enumMember(object: JsonObject, name: Field, names: readonly string[]): number {
  const value = member(object, name) ?? 0;
  if (typeof value === 'string' && /^[A-Z]/.test(value)) return Math.max(0, names.indexOf(value));
  return Number(integer(value, -0x8000_0000n, 0x7fff_ffffn, name.camel));
}

/** An integer from a JSON number or string; also `1e3` and `1.0`, which the mapping allows as long as it is whole. */
export function integer(value: unknown, min: bigint, max: bigint, name: string): bigint {
  const whole = wholeNumber(value);
  if (whole === undefined) throw new InvalidJsonError('expected an integer', name);
  if (whole < min || whole > max) throw new InvalidJsonError('the integer is out of range', name);
  return whole;
}

function wholeNumber(value: unknown): bigint | undefined {
  // BigInt() of a long text takes more than linear time; no integer of OTLP has more than 20 digits.
  if (typeof value === 'string' && value.length <= 64) {
    if (/^-?\d+$/.test(value)) return BigInt(value);
    if (!/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return undefined;
    return wholeNumber(Number(value));
  }
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
}
