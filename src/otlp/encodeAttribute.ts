import { ProtobufWriter } from './protobufWriter';
import { writeAnyValue, writeString } from './writeCommon';

/** A value of which equal ones have equal bytes: an int64 is a bigint, a double a number. */
export type ScalarValue = string | boolean | bigint | number;

/**
 * The inside of a KeyValue message (common.proto) as exporters write it: key before value, lengths as short as can be.
 * With `inArray` the value is an array of this one.
 */
export function encodeAttribute(key: string, value: ScalarValue, inArray = false): Uint8Array {
  const writer = new ProtobufWriter();
  writeString(writer, 0x0a, key);
  writer.message(0x12, () => writeAnyValue(writer, inArray ? [value] : value));
  return writer.finish();
}

/** The inside of an AnyValue message. */
export function encodeScalar(value: ScalarValue): Uint8Array {
  const writer = new ProtobufWriter();
  writeAnyValue(writer, value);
  return writer.finish();
}
