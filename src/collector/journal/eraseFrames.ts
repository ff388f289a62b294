import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { eachFrame } from './scanFrames';
import {
  decodeSegmentHeader,
  encodeFrameHeader,
  frameHeaderBytes,
  frameSeed,
  segmentFileName,
  segmentHeaderBytes,
} from './segmentFormat';
import { syncFolder } from './segmentWriter';

/** A frame that may be changed. */
export interface ErasableFrame {
  readonly kind: number;
  /** Of the payload. */
  readonly offset: number;
  /** To be overwritten in place. */
  readonly payload: Buffer;
}

/** What overwrites bytes; both answer whether they did. */
export interface Eraser {
  frame(frame: ErasableFrame): boolean;
  /** Bytes from `offset` on that are no intact frame. */
  damaged(offset: number, bytes: Buffer): boolean;
}

/** What a segment is called while it is written anew. */
export const temporarySuffix = '.new';

/**
 * Lets `erase` overwrite bytes in a segment file that nobody writes to, and replaces the file in one step where it
 * said that it did: a crash leaves the old one or the new one. Resolves when that would survive a power loss. `pause` is
 * called between frames. `mayReplace` is asked last. Answers whether the file was replaced.
 */
export async function eraseFrames(
  folder: string,
  segment: number,
  erase: Eraser,
  pause: () => Promise<void>,
  mayReplace: () => boolean,
): Promise<boolean> {
  const path = join(folder, segmentFileName(segment));
  const bytes = await readFile(path);
  const header = decodeSegmentHeader(bytes);
  if (typeof header === 'string') throw new Error(`${path} is ${header}`);
  const seed = frameSeed(header);
  let changed = false;
  let end = segmentHeaderBytes;
  const eraseDamaged = (upTo: number): void => {
    if (upTo > end && erase.damaged(end, bytes.subarray(end, upTo))) changed = true;
  };
  for (const { kind, offset, length } of eachFrame(bytes, segmentHeaderBytes, seed)) {
    eraseDamaged(offset - frameHeaderBytes);
    end = offset + length;
    const payload = bytes.subarray(offset, end);
    if (erase.frame({ kind, offset, payload })) {
      encodeFrameHeader(kind, payload, seed).copy(bytes, offset - frameHeaderBytes);
      changed = true;
    }
    await pause();
  }
  eraseDamaged(bytes.length);
  if (!changed) return false;
  await replace(folder, path, bytes, mayReplace);
  return true;
}

async function replace(
  folder: string,
  path: string,
  bytes: Uint8Array,
  mayReplace: () => boolean,
): Promise<void> {
  const temporary = `${path}${temporarySuffix}`;
  // Retention reads from the file when its last span came.
  const { atime, mtime } = await stat(path);
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.utimes(atime, mtime);
      await file.sync();
    } finally {
      await file.close();
    }
    if (mayReplace()) await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(folder);
}
