import type { Journal } from '../journal/journal';
import { JournalError } from '../journal/journalError';
import type { Location } from '../journal/location';
import { frameHeaderBytes, frameKind, segmentHeaderBytes } from '../journal/segmentFormat';

/** Frames with requests, in order, and a stretch of their segment that has them all. */
export interface FrameGroup {
  /** Used again for the next group. */
  readonly bytes: Buffer;
  /** Where `bytes` begin in the segment. */
  readonly offset: number;
  /** The payloads. */
  readonly frames: readonly Location[];
}

/** Read in one go; a frame that is longer comes alone. */
const groupBytes = 1024 * 1024;
/** Read at a time to look for headers: many where frames are small, one where they are larger than this. */
const windowBytes = 16 * 1024;

/**
 * All requests of the journal, those that were appended last first, as they are when this begins. What retention or
 * Clear take away meanwhile is left out. `pause` is called between steps that take a while.
 */
export async function* frameGroups(
  journal: Journal,
  pause: () => Promise<void>,
): AsyncGenerator<FrameGroup, void, void> {
  const buffer = Buffer.allocUnsafeSlow(groupBytes);
  const unwritten = journal.unwrittenFrames();
  const segments = journal.segments.map(({ number, bytes }) => ({ number, bytes })).reverse();
  for (const { kind, location } of unwritten.toReversed()) {
    const bytes = isRequest(kind) ? tryRead(journal, location) : undefined;
    // A copy: the sender's buffer may be used again once it is written.
    if (bytes) yield { bytes: Buffer.from(bytes), offset: location.offset, frames: [location] };
  }
  for (const { number, bytes } of segments) {
    const waiting = unwritten.find(({ location }) => location.segment === number);
    const end = waiting ? waiting.location.offset - frameHeaderBytes : bytes;
    const frames = await listFrames(journal, number, end, pause);
    while (frames.length > 0) {
      const group = await read(journal, takeGroup(frames), buffer);
      // Its segment was dropped, and the others of it with it.
      if (!group) break;
      yield group;
    }
  }
}

function isRequest(kind: number): boolean {
  return kind === frameKind.request || kind === frameKind.carried;
}

/** The requests of a segment's file that begin before `end`, by the headers of its frames. */
async function listFrames(
  journal: Journal,
  segment: number,
  end: number,
  pause: () => Promise<void>,
): Promise<Location[]> {
  const frames: Location[] = [];
  let window: Buffer = Buffer.alloc(0);
  let windowAt = 0;
  let longest = windowBytes;
  for (let position = segmentHeaderBytes; position + frameHeaderBytes <= end;) {
    let at = position - windowAt;
    if (at + frameHeaderBytes > window.length) {
      await pause();
      const bytes = tryRead(journal, {
        segment,
        offset: position,
        length: Math.min(longest, end - position),
      });
      if (!bytes) return [];
      window = bytes;
      windowAt = position;
      at = 0;
    }
    const length = window.readUInt32LE(at) - 1;
    const offset = position + frameHeaderBytes;
    if (length < 0) break;
    if (isRequest(window.readUInt8(at + 8))) frames.push({ segment, offset, length });
    longest = length < windowBytes ? windowBytes : frameHeaderBytes;
    position = offset + length;
  }
  return frames;
}

/** The last ones of `frames` that are read together, which are taken out of it. */
function takeGroup(frames: Location[]): Location[] {
  const last = frames.at(-1);
  const end = last ? last.offset + last.length : 0;
  const first = frames.findIndex(frame => end - frame.offset <= groupBytes);
  return frames.splice(first < 0 ? -1 : first);
}

async function read(
  journal: Journal,
  frames: readonly Location[],
  buffer: Buffer<ArrayBuffer>,
): Promise<FrameGroup | undefined> {
  const first = frames[0];
  const last = frames.at(-1);
  if (!first || !last) return undefined;
  const { segment, offset } = first;
  try {
    const length = last.offset + last.length - offset;
    const into = length <= buffer.length ? buffer.subarray(0, length) : undefined;
    const bytes = await journal.read({ segment, offset, length }, into);
    return { bytes: asBuffer(bytes), offset, frames };
  } catch (error) {
    if (error instanceof JournalError && error.reason === 'unreadable') return undefined;
    throw error;
  }
}

function tryRead(journal: Journal, location: Location): Buffer | undefined {
  try {
    return asBuffer(journal.readSync(location));
  } catch (error) {
    if (error instanceof JournalError && error.reason === 'unreadable') return undefined;
    throw error;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
