/**
 * The layout of encoded SpanValues, version 1. Everything is little-endian, every column aligned to its element.
 *
 *     0  u32  magic 'CWSV'
 *     4  u32  version
 *     8  u32  n: spans
 *    12  u32  s: strings
 *    16  u32  bytes of the text
 *    24  f64  n: number
 *        u32  n: spanIdHigh, then n: spanIdLow
 *        u32  s: where each string ends in the text, in UTF-16 code units
 *        u8   n: type
 *        text: all strings without separators, UTF-8
 */
export const magic = 0x56535743;
export const version = 1;
export const headerBytes = 24;

/** Where the columns lie, as byte offsets. */
export function valuesLayout(count: number, strings: number) {
  const ids = headerBytes + 8 * count;
  const stringEnds = ids + 8 * count;
  const types = stringEnds + 4 * strings;
  return { numbers: headerBytes, ids, stringEnds, types, text: types + count };
}
