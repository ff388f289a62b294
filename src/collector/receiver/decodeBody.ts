import { promisify } from 'node:util';
import {
  gunzip,
  gunzipSync,
  inflate,
  inflateRawSync,
  inflateSync,
  type InputType,
  type ZlibOptions,
} from 'node:zlib';
import type { Lease } from './lease';
import type { BodyResult } from './requestBody';

/** Below this, a synchronous call costs less than the thread pool does (measured: 1.4 times for export requests). */
const syncBelowBytes = 256 * 1024;

/** No byte of DEFLATE stands for more (RFC 1951: 258 bytes in two bits). */
const maxRatio = 1032;

/**
 * Undoes a Content-Encoding (RFC 9110, section 8.4), or gRPC's Message-Encoding. The result never exceeds `limit`: a
 * decompression bomb is stopped there. Its memory is taken from `lease` before there is any.
 */
export async function decodeBody(
  body: Buffer,
  contentEncoding: string | undefined,
  limit: number,
  lease: Lease,
): Promise<BodyResult> {
  const inflater = inflaterFor(body, (contentEncoding ?? '').trim().toLowerCase());
  if (inflater === 'none') return { body };
  if (inflater === undefined) return { failure: 'unsupported-encoding' };
  const most = Math.min(limit, body.length * maxRatio);
  const expected = Math.min(inflater.expected, most);
  const first = await attempt(body, inflater, expected, lease);
  const again = 'failure' in first && first.failure === 'too-large' && expected < most;
  return again ? attempt(body, inflater, most, lease) : first;
}

interface Inflater {
  readonly run: (body: Buffer, options: ZlibOptions) => Buffer | Promise<Buffer>;
  /** How many bytes it is likely to give. */
  readonly expected: number;
}

function inflaterFor(body: Buffer, coding: string): Inflater | 'none' | undefined {
  const isSmall = body.length < syncBelowBytes;
  switch (coding) {
    case '':
    case 'identity':
      return 'none';
    case 'gzip':
    case 'x-gzip':
      return { run: isSmall ? gunzipSync : gunzipAsync, expected: gzipLength(body) };
    case 'deflate': {
      // Export requests shrink to a tenth; where that is not enough it is tried again.
      const expected = 16 * body.length;
      // RFC 9110, section 8.4.1.2: a zlib stream; some clients send it without the zlib wrapper.
      if (!hasZlibHeader(body)) return { run: inflateRawSync, expected };
      return { run: isSmall ? inflateSync : inflateAsync, expected };
    }
    default:
      return undefined;
  }
}

async function attempt(
  body: Buffer,
  { run }: Inflater,
  maxOutputLength: number,
  lease: Lease,
): Promise<BodyResult> {
  if (!lease.take(maxOutputLength)) return { failure: 'overloaded' };
  try {
    // One chunk that holds everything and never gets full: zlib would join several, and ask for another one.
    const chunkSize = Math.max(maxOutputLength + 64, 1024);
    return { body: await run(body, { maxOutputLength: Math.max(maxOutputLength, 1), chunkSize }) };
  } catch (error) {
    lease.give(maxOutputLength);
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      return { failure: 'too-large' };
    return { failure: 'corrupt' };
  }
}

const gunzipAsync = promisify<InputType, ZlibOptions, Buffer>(gunzip);
const inflateAsync = promisify<InputType, ZlibOptions, Buffer>(inflate);

/** RFC 1952, section 2.3.1, ISIZE: the length of the last member, which is nearly always the only one. */
function gzipLength(body: Buffer): number {
  return body.length < 18 ? 0 : body.readUInt32LE(body.length - 4);
}

/** RFC 1950, section 2.2: method 8, and the first two bytes are a multiple of 31. */
function hasZlibHeader(body: Buffer): boolean {
  return body.length >= 2 && ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;
}
