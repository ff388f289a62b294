import type { AttributeValue, KeyValue } from '../core/model/attributes';
import { maxValueDepth, tooDeep } from './limits';
import type { ProtobufReader } from './protobufReader';

// Tags (field number * 8 + wire type) of opentelemetry/proto/common/v1/common.proto.
const keyValueKey = 0x0a;
const keyValueValue = 0x12;
const anyString = 0x0a;
const anyBool = 0x10;
const anyInt = 0x18;
const anyDouble = 0x21;
const anyArray = 0x2a;
const anyMap = 0x32;
const anyBytes = 0x3a;
const listValues = 0x0a;

/** Reads the KeyValue message that comes next and adds it to `entries`. A KeyValue without a value has null. */
export function decodeKeyValue(reader: ProtobufReader, entries: KeyValue[], depth = 0): void {
  reader.countElement();
  const outerEnd = reader.enter();
  let key = '';
  let value: AttributeValue = null;
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === keyValueKey) key = reader.name();
    else if (tag === keyValueValue) value = decodeAnyValue(reader, depth);
    else reader.skip(tag);
  }
  reader.leave(outerEnd);
  entries.push({ key, value });
}

/**
 * Reads the AnyValue message that comes next. Of several members of the oneof the last counts (protobuf documentation,
 * "Encoding", "Last One Wins").
 */
export function decodeAnyValue(reader: ProtobufReader, depth = 0): AttributeValue {
  const outerEnd = reader.enter();
  let value: AttributeValue = null;
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === anyString) value = reader.string();
    else if (tag === anyBool) value = reader.bool();
    else if (tag === anyInt) value = reader.int64();
    else if (tag === anyDouble) value = reader.double();
    else if (tag === anyBytes) value = reader.copy();
    else if (tag === anyArray || tag === anyMap) {
      if (depth >= maxValueDepth) {
        reader.skip(tag);
        value = tooDeep;
      } else value = tag === anyArray ? decodeArray(reader, depth + 1) : decodeMap(reader, depth + 1);
    } else reader.skip(tag);
  }
  reader.leave(outerEnd);
  return value;
}

function decodeArray(reader: ProtobufReader, depth: number): AttributeValue {
  const outerEnd = reader.enter();
  const values: AttributeValue[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === listValues) {
      reader.countElement();
      values.push(decodeAnyValue(reader, depth));
    } else reader.skip(tag);
  }
  reader.leave(outerEnd);
  return values;
}

function decodeMap(reader: ProtobufReader, depth: number): AttributeValue {
  const outerEnd = reader.enter();
  const entries: KeyValue[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === listValues) decodeKeyValue(reader, entries, depth);
    else reader.skip(tag);
  }
  reader.leave(outerEnd);
  return { entries };
}
