import { ByteCache } from './byteCache';

/** Strings of which few different ones occur, remembered by their UTF-8 bytes: names of spans, keys of attributes. */
export const names = new ByteCache(4096, 128, (bytes, start, end) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', start, end),
);
