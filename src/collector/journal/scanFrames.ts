import { crc32 } from './crc32';
import { frameHeaderBytes, highestFrameKind, maxPayloadBytes } from './segmentFormat';

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
  /** Damaged bytes between valid frames: stepped over, they stay in place. */
  readonly skipped: readonly { readonly offset: number; readonly length: number }[];
}

/** Bytes that may be summed up in the search for frames behind damage, as a multiple of the file's length. */
const searchShare = 16;

/**
 * The valid frames of `segment` (a whole segment file, its checksums continued from `seed`) from `from` on. Damage is
 * stepped over where a valid frame follows it anywhere; else it ends the valid part. Linear in the length.
 */
export function scanFrames(segment: Buffer, from: number, seed: number): Scan {
  const frames: Frame[] = [];
  const skipped: { offset: number; length: number }[] = [];
  let end = from;
  for (const frame of eachFrame(segment, from, seed)) {
    const start = frame.offset - frameHeaderBytes;
    if (start > end) skipped.push({ offset: end, length: start - end });
    frames.push(frame);
    end = frame.offset + frame.length;
  }
  return { frames, end, skipped };
}

/** The frames of scanFrames one by one, each summed up when it is asked for. */
export function* eachFrame(segment: Buffer, from: number, seed: number): Generator<Frame> {
  const search = new Search(segment, seed);
  for (let position = from; position < segment.length;) {
    let frame = search.intactAt(position);
    if (!frame) {
      const next = search.intactBehind(position);
      frame = next === undefined ? undefined : search.intactAt(next);
      if (!frame) return;
    }
    yield frame;
    position = frame.offset + frame.length;
  }
}

class Search {
  private budget: number;

  constructor(
    private readonly segment: Buffer,
    private readonly seed: number,
  ) {
    this.budget = segment.length * searchShare;
  }

  intactAt(position: number): Frame | undefined {
    const frame = this.frameAt(position);
    return frame && this.isIntact(frame) ? frame : undefined;
  }

  /** Where the next intact frame begins. */
  intactBehind(position: number): number | undefined {
    // One whose own header is sound says where the next one is.
    const damaged = this.frameAt(position);
    const follower = damaged && damaged.offset + damaged.length;
    if (follower !== undefined && this.intactAt(follower)) return follower;
    const last = this.segment.length - frameHeaderBytes;
    for (let at = position + 1; at <= last && this.budget > 0; at++) {
      const frame = this.frameAt(at);
      if (!frame) continue;
      this.budget -= frame.length;
      if (this.isIntact(frame)) return at;
    }
    return undefined;
  }

  /** The frame whose header stands at `position`; undefined where it is no header or the frame is not all there. */
  private frameAt(position: number): Frame | undefined {
    const { segment } = this;
    if (position + frameHeaderBytes > segment.length) return undefined;
    const length = segment.readUInt32LE(position) - 1;
    const offset = position + frameHeaderBytes;
    if (length < 0 || length > maxPayloadBytes || offset + length > segment.length) return undefined;
    const kind = segment.readUInt8(position + 8);
    return kind === 0 || kind > highestFrameKind ? undefined : { kind, offset, length };
  }

  private isIntact({ offset, length }: Frame): boolean {
    const { segment } = this;
    return (
      segment.readUInt32LE(offset - 5) === crc32(segment.subarray(offset - 1, offset + length), this.seed)
    );
  }
}
