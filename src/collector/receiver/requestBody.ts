import type { IncomingMessage } from 'node:http';
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
import type { ByteBudget } from './byteBudget';

/** Why a request's body could not be had. */
export type BodyFailure = 'too-large' | 'overloaded' | 'aborted' | 'unsupported-encoding' | 'corrupt';

export type BodyResult = { readonly body: Buffer } | { readonly failure: BodyFailure };

/**
 * Reads a request's body up to `limit` bytes. What comes beyond is read and thrown away, as far as another `limit`, so
 * that a client that sends first and reads later gets the answer and not a reset connection. The bytes are taken from
 * `budget`; `release` gives them back.
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  budget: ByteBudget,
): Promise<BodyResult & { release(): void }> {
  const chunks: Buffer[] = [];
  let arrived = 0;
  let taken = 0;
  let failure: BodyFailure | undefined;
  const release = (): void => {
    budget.give(taken);
    taken = 0;
  };
  const fail = (why: BodyFailure): void => {
    failure ??= why;
    chunks.length = 0;
    release();
  };
  const take = (chunk: Buffer): void => {
    arrived += chunk.length;
    if (failure) return;
    if (arrived > limit) fail('too-large');
    else if (budget.take(chunk.length)) {
      taken += chunk.length;
      chunks.push(chunk);
    } else fail('overloaded');
  };
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limit) fail('too-large');
  return new Promise(resolve => {
    const done = (): void => {
      request.off('data', onData).off('end', done).off('close', onClose);
      if (failure) resolve({ failure, release });
      else
        resolve({
          body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, arrived),
          release,
        });
    };
    const onData = (chunk: Buffer): void => {
      take(chunk);
      if (arrived <= 2 * limit) return;
      request.pause();
      done();
    };
    const onClose = (): void => {
      // The client went away in the middle; there is nobody left to answer.
      fail('aborted');
      done();
    };
    // More than would be thrown away: the answer cannot wait for it.
    if (announced > 2 * limit) {
      done();
      return;
    }
    request.on('data', onData).once('end', done).once('close', onClose);
    request.on('error', onClose);
  });
}

/** Below this, a synchronous call costs less than the thread pool does (measured: 1.4 times for export requests). */
const syncBelowBytes = 256 * 1024;

/**
 * Undoes a Content-Encoding (RFC 9110, section 8.4). The result never exceeds `limit`: a decompression bomb is stopped
 * there.
 */
export async function decodeBody(
  body: Buffer,
  contentEncoding: string | undefined,
  limit: number,
): Promise<BodyResult> {
  const coding = (contentEncoding ?? '').trim().toLowerCase();
  const options: ZlibOptions = { maxOutputLength: limit };
  try {
    switch (coding) {
      case '':
      case 'identity':
        return { body };
      case 'gzip':
      case 'x-gzip':
        return {
          body: body.length < syncBelowBytes ? gunzipSync(body, options) : await gunzipAsync(body, options),
        };
      case 'deflate':
        // RFC 9110, section 8.4.1.2: a zlib stream; some clients send it without the zlib wrapper.
        if (!hasZlibHeader(body)) return { body: inflateRawSync(body, options) };
        return {
          body: body.length < syncBelowBytes ? inflateSync(body, options) : await inflateAsync(body, options),
        };
      default:
        return { failure: 'unsupported-encoding' };
    }
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      return { failure: 'too-large' };
    return { failure: 'corrupt' };
  }
}

const gunzipAsync = promisify<InputType, ZlibOptions, Buffer>(gunzip);
const inflateAsync = promisify<InputType, ZlibOptions, Buffer>(inflate);

/** RFC 1950, section 2.2: method 8, and the first two bytes are a multiple of 31. */
function hasZlibHeader(body: Buffer): boolean {
  return body.length >= 2 && ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0;
}
