import { crc32 } from './crc32';
import { frameHeaderBytes, maxPayloadBytes } from './segmentFormat';

/** A frame of a segment: `offset` and `length` are those of the payload. */
export interface Frame {
  readonly kind: number;
  readonly offset: number;
  readonly length: number;
}

export interface Scan {
  readonly frames: readonly Frame[];
  /** Where the valid part ends; less than the file's length where the tail is torn or corrupt. */
  readonly end: number;
  /** Damaged frames between valid ones: stepped over, their bytes stay in place. */
  readonly skipped: readonly { readonly offset: number; readonly length: number }[];
}

/**
 * The valid frames of `segment` (a whole segment file) from `from` on. A frame whose checksum is wrong is stepped over
 * where a valid one follows it; anything else that is wrong ends the valid part. Linear in the length.
 */
export function scanFrames(segment: Buffer, from: number): Scan {
  const frames: Frame[] = [];
  const skipped: { offset: number; length: number }[] = [];
  let position = from;
  while (position < segment.length) {
    const frame = frameAt(segment, position);
    if (!frame) break;
    const end = frame.offset + frame.length;
    if (isIntact(segment, frame)) {
      frames.push(frame);
    } else {
      const next = frameAt(segment, end);
      if (!next || !isIntact(segment, next)) break;
      skipped.push({ offset: position, length: end - position });
    }
    position = end;
  }
  return { frames, end: Math.min(position, segment.length), skipped };
}

/** The frame whose header stands at `position`; undefined where it is no header or the frame is not all there. */
function frameAt(segment: Buffer, position: number): Frame | undefined {
  if (position + frameHeaderBytes > segment.length) return undefined;
  const length = segment.readUInt32LE(position) - 1;
  const offset = position + frameHeaderBytes;
  if (length < 0 || length > maxPayloadBytes || offset + length > segment.length) return undefined;
  return { kind: segment.readUInt8(position + 8), offset, length };
}

function isIntact(segment: Buffer, { offset, length }: Frame): boolean {
  return segment.readUInt32LE(offset - 5) === crc32(segment.subarray(offset - 1, offset + length));
}
