/**
 * AnyValue as OTLP/JSON spells it (OTLP specification, "JSON Protobuf Encoding"; proto3 JSON mapping): exactly one
 * member, or none for an empty value. 64-bit integers are decimal strings, so that nothing is rounded.
 */
export type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  /** 'NaN', 'Infinity' and '-Infinity' as proto3 JSON spells them. */
  | { doubleValue: number | 'NaN' | 'Infinity' | '-Infinity' }
  /** base64 */
  | { bytesValue: string }
  | { arrayValue: { values: AnyValue[] } }
  | { kvlistValue: { values: KeyValueJson[] } }
  | Record<string, never>;

export interface KeyValueJson {
  key: string;
  value: AnyValue;
}
