import type { AnyValue, KeyValueJson } from '../../../src/core/formats/otlpJsonTypes';
import { plainValue } from '../../../src/core/formats/plainValue';

/** How an attribute's value is shown. */
export type ShownValue =
  | { readonly kind: 'text'; readonly type: string; readonly text: string }
  | { readonly kind: 'nested'; readonly type: string; readonly entries: readonly KeyValueJson[] };

/** Arrays of plain values up to this many stand in one line. */
const longestInline = 8;

export function shownValue(value: AnyValue): ShownValue {
  if ('stringValue' in value) return text('string', value.stringValue);
  if ('boolValue' in value) return text('boolean', String(value.boolValue));
  if ('intValue' in value) return text('int', value.intValue);
  if ('doubleValue' in value) return text('double', String(value.doubleValue));
  if ('bytesValue' in value) return text('bytes, base64', value.bytesValue);
  if ('kvlistValue' in value) return nested('map', value.kvlistValue.values);
  if ('arrayValue' in value) {
    const { values } = value.arrayValue;
    const shown = values.slice(0, longestInline + 1).map(shownValue);
    const inline =
      values.length <= longestInline && shown.every(item => item.kind === 'text' && item.text.length <= 40);
    if (inline)
      return text('array', `[${shown.map(item => (item.kind === 'text' ? item.text : '')).join(', ')}]`);
    return nested(
      'array',
      values.map((item, i) => ({ key: String(i), value: item })),
    );
  }
  return text('empty', '');
}

/** What Copy puts on the clipboard: a text as it is, anything else as JSON. */
export function copiedText(value: AnyValue): string {
  const plain = plainValue(value);
  return typeof plain === 'string' ? plain : JSON.stringify(plain, null, 2);
}

function text(type: string, content: string): ShownValue {
  return { kind: 'text', type, text: content };
}

function nested(type: string, entries: readonly KeyValueJson[]): ShownValue {
  return { kind: 'nested', type: `${type} of ${entries.length}`, entries };
}
