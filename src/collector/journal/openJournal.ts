import { mkdir, open, readdir, readFile, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { temporarySuffix } from './eraseFrames';
import { Journal, type JournalOptions } from './journal';
import { JournalError } from './journalError';
import type { JournalPosition, Location } from './location';
import { plausibleTimes } from './plausibleTimes';
import { scanFrames } from './scanFrames';
import type { Segment } from './segment';
import {
  decodeSegmentHeader,
  frameSeed,
  segmentFileName,
  segmentHeaderBytes,
  segmentNumber,
  type SegmentHeader,
} from './segmentFormat';
import { TornFolder } from './tornFolder';

export interface RecoveredFrame {
  readonly kind: number;
  readonly location: Location;
  readonly payload: Uint8Array;
}

/** Bytes that are no valid frames: what was done with them. */
export interface Damage {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
  /** The file they are kept in. */
  readonly keptIn: string;
}

/** A journal folder that was looked through and is not written yet. */
export interface FoundJournal {
  readonly segments: readonly Segment[];
  /** Whether `position` is a place in it: the segment is the same file and reaches that far. */
  contains(position: JournalPosition): boolean;
  /**
   * Hands over every valid frame from `from` on (from the start where it is undefined), cuts torn tails, and starts
   * writing behind them. The payload is only valid during the call.
   */
  recover(from: JournalPosition | undefined, onFrame: (frame: RecoveredFrame) => void): Promise<Journal>;
}

export interface OpenJournalOptions extends JournalOptions {
  readonly onDamage: (damage: Damage) => void;
}

/**
 * Looks through `folder`, which need not exist. Rejects with JournalError 'newer-format' where a later version wrote in
 * it; damage is never an error: what cannot be read is moved to `torn/` and reported.
 */
export async function openJournal(options: OpenJournalOptions): Promise<FoundJournal> {
  const { folder } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const torn = new TornFolder(folder);
  const found: { segment: Segment; floor: number }[] = [];
  for (const number of await listSegments(folder)) {
    const path = join(folder, segmentFileName(number));
    const header = await readHeader(path);
    const { size, mtimeMs } = await stat(path);
    if (header === 'newer') {
      throw new JournalError(
        'newer-format',
        `${path} was written by a newer version of Causeway; this one cannot read it`,
      );
    }
    if (header === 'damaged' || header.number !== number) {
      const keptIn = await torn.move(number, path);
      if (size > 0) options.onDamage({ segment: number, offset: 0, length: size, keptIn });
    } else {
      const { version, id, createdMs, floor } = header;
      found.push({ segment: { number, id, version, createdMs, bytes: size, modifiedMs: mtimeMs }, floor });
    }
  }
  const floor = Math.max(0, ...found.map(entry => entry.floor));
  const segments: Segment[] = [];
  for (const { segment } of found) {
    // Cleared: only the deletion of the files was interrupted.
    if (segment.number < floor) await unlink(join(folder, segmentFileName(segment.number)));
    else segments.push(segment);
  }
  const times = plausibleTimes(
    segments.map(({ modifiedMs }) => modifiedMs),
    options.now?.() ?? Date.now(),
  );
  for (const [i, segment] of segments.entries()) segment.modifiedMs = times[i] ?? segment.modifiedMs;
  return {
    segments,
    contains({ segment: number, id, offset }) {
      const segment = segments.find(candidate => candidate.number === number);
      return (
        segment !== undefined && segment.id === id && offset >= segmentHeaderBytes && offset <= segment.bytes
      );
    },
    async recover(from, onFrame) {
      for (const segment of segments) {
        if (from && segment.number < from.segment) continue;
        const start = segment.number === from?.segment ? from.offset : segmentHeaderBytes;
        await recoverSegment(options, segment, start, onFrame);
      }
      return new Journal(options, segments);
    },
  };
}

async function recoverSegment(
  { folder, onDamage }: OpenJournalOptions,
  segment: Segment,
  start: number,
  onFrame: (frame: RecoveredFrame) => void,
): Promise<void> {
  if (start === segment.bytes) return;
  const path = join(folder, segmentFileName(segment.number));
  const bytes = await readFile(path);
  const { frames, end, skipped } = scanFrames(bytes, start, frameSeed(segment));
  for (const { kind, offset, length } of frames) {
    const location = { segment: segment.number, offset, length };
    onFrame({ kind, location, payload: bytes.subarray(offset, offset + length) });
  }
  const tail = end < bytes.length ? [{ offset: end, length: bytes.length - end }] : [];
  const torn = new TornFolder(folder);
  for (const { offset, length } of [...skipped, ...tail]) {
    const keptIn = await torn.keep(segment.number, offset, bytes.subarray(offset, offset + length));
    onDamage({ segment: segment.number, offset, length, keptIn });
  }
  if (tail.length > 0) {
    await truncate(path, end);
    segment.bytes = end;
  }
}

async function listSegments(folder: string): Promise<number[]> {
  const files = (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isFile());
  // A segment was being written anew when the process ended; the old one is there.
  for (const { name } of files.filter(file => file.name.endsWith(temporarySuffix)))
    await unlink(join(folder, name));
  const numbers = files.map(({ name }) => segmentNumber(name)).filter(number => number !== undefined);
  return numbers.sort((a, b) => a - b);
}

async function readHeader(path: string): Promise<SegmentHeader | 'newer' | 'damaged'> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(segmentHeaderBytes);
    const { bytesRead } = await file.read(bytes, 0, segmentHeaderBytes, 0);
    return decodeSegmentHeader(bytes.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
