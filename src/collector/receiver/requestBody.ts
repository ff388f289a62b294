import type { IncomingMessage } from 'node:http';
import { BodyBuffer } from './bodyBuffer';
import type { Lease } from './lease';

/** Why a request's body could not be had. */
export type BodyFailure = 'too-large' | 'overloaded' | 'aborted' | 'unsupported-encoding' | 'corrupt';

export type BodyResult = { readonly body: Buffer } | { readonly failure: BodyFailure };

/** A body as it was sent; `discard` lets its memory be used again. */
export type SentBody = { readonly body: Buffer; discard(): void } | { readonly failure: BodyFailure };

/** What a request holds beside its body: its objects and headers. */
const requestBytes = 16 * 1024;

/**
 * Reads a request's body up to `limit` bytes. What comes beyond is read and thrown away, as far as another `limit`, so
 * that a client that sends first and reads later gets the answer and not a reset connection. The same goes for a body
 * for which there is no memory.
 */
export function readBody(request: IncomingMessage, limit: number, lease: Lease): Promise<SentBody> {
  const announced = Number(request.headers['content-length'] ?? limit);
  const buffer = new BodyBuffer(lease, Math.min(announced, limit));
  /** A body that comes in one piece is not copied. */
  let only: Buffer | undefined;
  let arrived = 0;
  let failure: BodyFailure | undefined;
  let isDone = false;
  const fail = (why: BodyFailure): void => {
    failure ??= why;
    only = undefined;
    buffer.discard();
  };
  const take = (chunk: Buffer): void => {
    arrived += chunk.length;
    if (failure) return;
    if (arrived > limit) fail('too-large');
    else if (chunk.length === announced && lease.take(chunk.length)) only = chunk;
    else if (!buffer.append(chunk)) fail('overloaded');
  };
  if (announced > limit) fail('too-large');
  else if (!lease.take(requestBytes)) fail('overloaded');
  return new Promise(resolve => {
    const done = (): void => {
      isDone = true;
      request.off('data', onData).off('end', done).off('close', onClose);
      resolve(failure ? { failure } : { body: only ?? buffer.bytes(), discard: () => buffer.discard() });
    };
    const onData = (chunk: Buffer): void => {
      take(chunk);
      if (arrived <= 2 * limit) return;
      request.pause();
      done();
    };
    const onClose = (): void => {
      // An error may come later, while the body is in use.
      if (isDone) return;
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
