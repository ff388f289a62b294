import {
  isKeyValueList,
  type Attributes,
  type AttributeValue,
  type KeyValue,
} from '../core/model/attributes';
import { maxValueDepth, tooDeep } from './limits';
import type { ProtobufWriter } from './protobufWriter';

// Messages of opentelemetry/proto/common/v1/common.proto, and fields that are left out where they have their default.

/** One KeyValue message with this tag each. */
export function writeAttributes(
  writer: ProtobufWriter,
  tag: number,
  attributes: Attributes,
  depth = 0,
): void {
  for (const entry of attributes) writer.message(tag, () => writeKeyValue(writer, entry, depth));
}

function writeKeyValue(writer: ProtobufWriter, entry: KeyValue, depth: number): void {
  writeString(writer, 0x0a, entry.key);
  writer.message(0x12, () => writeAnyValue(writer, entry.value, depth));
}

/** The inside of an AnyValue. A member of the oneof is written even when it is empty or 0: its presence is the type. */
export function writeAnyValue(writer: ProtobufWriter, value: AttributeValue, depth = 0): void {
  if (value === null) return;
  if (typeof value === 'string') writer.string(0x0a, value);
  else if (typeof value === 'boolean') writer.varint(0x10, value ? 1 : 0);
  else if (typeof value === 'bigint') writer.int64(0x18, value);
  else if (typeof value === 'number') writer.double(0x21, value);
  else if (value instanceof Uint8Array) writer.copy(0x3a, value);
  else if (depth >= maxValueDepth) writer.string(0x0a, tooDeep);
  else if (isKeyValueList(value))
    writer.message(0x32, () => writeAttributes(writer, 0x0a, value.entries, depth + 1));
  else {
    writer.message(0x2a, () => {
      for (const item of value) writer.message(0x0a, () => writeAnyValue(writer, item, depth + 1));
    });
  }
}

/** A string field, left out where it is empty. */
export function writeString(writer: ProtobufWriter, tag: number, value: string): void {
  if (value !== '') writer.string(tag, value);
}

/** A uint32 field, left out where it is 0. */
export function writeUint32(writer: ProtobufWriter, tag: number, value: number): void {
  if (value !== 0) writer.varint(tag, value);
}
