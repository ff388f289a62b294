import type { SpanValues } from './spanValues';
import { headerBytes, magic, valuesLayout, version } from './spanValuesLayout';

/** The values as one buffer of exactly their size (layout: spanValuesLayout.ts). */
export function encodeSpanValues(values: SpanValues): ArrayBuffer {
  const { count, spanIdHigh, spanIdLow, type, number, strings } = values;
  const text = new TextEncoder().encode(strings.join(''));
  const at = valuesLayout(count, strings.length);
  const buffer = new ArrayBuffer(at.text + text.length);
  const header = new DataView(buffer, 0, headerBytes);
  [magic, version, count, strings.length, text.length].forEach((field, i) =>
    header.setUint32(4 * i, field, true),
  );
  new Float64Array(buffer, at.numbers, count).set(number);
  const ids = new Uint32Array(buffer, at.ids, 2 * count);
  ids.set(spanIdHigh);
  ids.set(spanIdLow, count);
  const ends = new Uint32Array(buffer, at.stringEnds, strings.length);
  let end = 0;
  strings.forEach((string, i) => (ends[i] = end += string.length));
  const bytes = new Uint8Array(buffer);
  bytes.set(type, at.types);
  bytes.set(text, at.text);
  return buffer;
}
