/**
 * The value of an attribute, exact: every type of OTLP's AnyValue (opentelemetry/proto/common/v1/common.proto) has
 * one JavaScript type. int64 is a bigint and a double is a number, so that 1 and 1.0 stay apart.
 */
export type AttributeValue =
  null | string | boolean | bigint | number | Uint8Array | readonly AttributeValue[] | KeyValueList;

/** OTLP's KeyValueList: ordered, and duplicate keys are kept as they came in. */
export interface KeyValueList {
  readonly entries: Attributes;
}

export interface KeyValue {
  readonly key: string;
  readonly value: AttributeValue;
}

export type Attributes = readonly KeyValue[];

/** The value of the last attribute called `key` (OTLP leaves duplicates undefined; the last one wins here). */
export function attribute(attributes: Attributes, key: string): AttributeValue | undefined {
  for (let i = attributes.length - 1; i >= 0; i--) {
    const entry = attributes[i];
    if (entry?.key === key) return entry.value;
  }
  return undefined;
}

/** Tells a map from the other objects a value can be (an array has an `entries` too: its method). */
export function isKeyValueList(value: AttributeValue): value is KeyValueList {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
