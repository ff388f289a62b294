import type { Attributes, AttributeValue } from '../model/attributes';
import { decodeBase64 } from './base64';
import type { AnyValue, KeyValueJson } from './otlpJsonTypes';

/** The attributes that attributesToJson() wrote: the same values of the same types. */
export function attributesFromJson(attributes: readonly KeyValueJson[]): Attributes {
  return attributes.map(({ key, value }) => ({ key, value: valueFromJson(value) }));
}

function valueFromJson(value: AnyValue): AttributeValue {
  if ('stringValue' in value) return value.stringValue;
  if ('boolValue' in value) return value.boolValue;
  if ('intValue' in value) return integer(value.intValue);
  if ('doubleValue' in value) return Number(value.doubleValue);
  if ('bytesValue' in value) return decodeBase64(value.bytesValue) ?? value.bytesValue;
  if ('arrayValue' in value) return value.arrayValue.values.map(valueFromJson);
  if ('kvlistValue' in value) return { entries: attributesFromJson(value.kvlistValue.values) };
  return null;
}

function integer(decimal: string): bigint | string {
  return /^-?\d+$/.test(decimal) ? BigInt(decimal) : decimal;
}
