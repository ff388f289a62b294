import * as zlib from 'node:zlib';

type Crc32 = (data: Uint8Array, value?: number) => number;

const table = new Uint32Array(256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  table[n] = c;
}

/** CRC-32 of ISO 3309 (zlib's) by table: for a Node older than 20.15, and to check the native one against. */
export function crc32ByTable(data: Uint8Array, value = 0): number {
  let c = ~value;
  for (const byte of data) c = (c >>> 8) ^ (table[(c ^ byte) & 0xff] ?? 0);
  return ~c >>> 0;
}

function nativeCrc32(): Crc32 | undefined {
  const candidate: unknown = Reflect.get(zlib, 'crc32');
  return isCrc32(candidate) ? candidate : undefined;
}

function isCrc32(value: unknown): value is Crc32 {
  return typeof value === 'function';
}

/** CRC-32 of `data`, continued from `value`. zlib.crc32 (Node 20.15, 22.2) is about ten times the table's speed. */
export const crc32: Crc32 = nativeCrc32() ?? crc32ByTable;
