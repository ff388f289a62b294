import type { AttributeValue, KeyValue } from '../core/model/attributes';
import { decodeBase64 } from '../core/formats/base64';
import { InvalidJsonError } from './invalidJsonError';
import {
  arrayMember,
  field,
  integer,
  isObject,
  member,
  stringMember,
  type Field,
  type JsonObject,
} from './jsonFields';
import { maxValueDepth, tooDeep } from './limits';

const key = field('key');
const value = field('value');
const values = field('values');
const stringValue = field('stringValue');
const boolValue = field('boolValue');
const intValue = field('intValue');
const doubleValue = field('doubleValue');
const bytesValue = field('bytesValue');
const arrayValue = field('arrayValue');
const kvlistValue = field('kvlistValue');

/** The KeyValue objects in the array `name` of `object`. Throws InvalidJsonError. */
export function attributesFromJson(object: JsonObject, name: Field, depth = 0): KeyValue[] {
  return arrayMember(object, name).map(entry => {
    if (!isObject(entry)) throw new InvalidJsonError('expected an object with key and value', name.camel);
    return { key: stringMember(entry, key), value: anyValueFromJson(member(entry, value), depth) };
  });
}

/** An AnyValue; null, absent and `{}` are the empty value. Of several members, which proto3 JSON forbids, one counts. */
export function anyValueFromJson(json: unknown, depth = 0): AttributeValue {
  if (json === undefined || json === null) return null;
  if (!isObject(json)) throw new InvalidJsonError('expected an AnyValue object', 'value');
  const text = member(json, stringValue);
  if (text !== undefined) return stringMember(json, stringValue);
  const int = member(json, intValue);
  if (int !== undefined) return intFromJson(int);
  const bool = member(json, boolValue);
  if (typeof bool === 'boolean') return bool;
  if (bool !== undefined) throw new InvalidJsonError('expected true or false', boolValue.camel);
  const double = member(json, doubleValue);
  if (double !== undefined) return doubleFromJson(double);
  const array = member(json, arrayValue);
  if (array !== undefined) {
    if (depth >= maxValueDepth) return tooDeep;
    if (!isObject(array)) throw new InvalidJsonError('expected an object with values', arrayValue.camel);
    return arrayMember(array, values).map(item => anyValueFromJson(item, depth + 1));
  }
  const map = member(json, kvlistValue);
  if (map !== undefined) {
    if (depth >= maxValueDepth) return tooDeep;
    if (!isObject(map)) throw new InvalidJsonError('expected an object with values', kvlistValue.camel);
    return { entries: attributesFromJson(map, values, depth + 1) };
  }
  if (member(json, bytesValue) === undefined) return null;
  const bytes = decodeBase64(stringMember(json, bytesValue));
  if (bytes === undefined) throw new InvalidJsonError('expected base64', bytesValue.camel);
  return bytes;
}

/**
 * An int64. The JavaScript SDK writes every whole number as `intValue`, 1e300 too: a number that no int64 holds was a
 * double where it came from, and is kept as one.
 */
function intFromJson(json: unknown): bigint | number {
  if (typeof json === 'number' && Math.abs(json) >= 2 ** 63) return json;
  return integer(json, -0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn, intValue.camel);
}

function doubleFromJson(json: unknown): number {
  if (typeof json === 'number') return json;
  if (json === 'NaN') return NaN;
  if (json === 'Infinity') return Infinity;
  if (json === '-Infinity') return -Infinity;
  if (typeof json === 'string' && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(json)) return Number(json);
  throw new InvalidJsonError('expected a number', doubleValue.camel);
}
