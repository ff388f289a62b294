import type { AnyValue, KeyValueJson } from './otlpJsonTypes';

/** An attribute's value for people and scripts: what `causeway trace --json` prints. */
export type PlainValue = string | boolean | number | null | PlainValue[] | { [key: string]: PlainValue };

/**
 * The friendly form of a value: integers as numbers within ±(2^53 - 1) and as decimal strings beyond, NaN and the
 * infinities as those strings, bytes as base64, maps as objects, the empty value as null.
 */
export function plainValue(value: AnyValue): PlainValue {
  if ('stringValue' in value) return value.stringValue;
  if ('boolValue' in value) return value.boolValue;
  if ('intValue' in value) return plainInteger(value.intValue);
  if ('doubleValue' in value) return value.doubleValue;
  if ('bytesValue' in value) return value.bytesValue;
  if ('arrayValue' in value) return value.arrayValue.values.map(plainValue);
  if ('kvlistValue' in value) return plainAttributes(value.kvlistValue.values);
  return null;
}

/** Attributes as one object; of duplicate keys the last wins, at the place of the first. */
export function plainAttributes(attributes: readonly KeyValueJson[]): Record<string, PlainValue> {
  // fromEntries defines members, so that a key `__proto__` is one like any other.
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainInteger(decimal: string): number | string {
  const number = Number(decimal);
  return Number.isSafeInteger(number) ? number : decimal;
}
