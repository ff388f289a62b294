import type { Retention } from '../protocol/collectorProtocol';
import type { Journal } from './journal/journal';
import type { Segment } from './journal/segment';
import { segmentHeaderBytes } from './journal/segmentFormat';

/** A segment is closed once it holds this part of what may be kept, so that dropping one goes not far below the limit. */
const segmentShare = 1 / 8;
/** What is left to traces that are not pinned, however much the pinned ones take: the newest segment and one more. */
const unpinnedShare = 1 / 4;

/** How much of what is stored belongs to pinned traces. */
export interface Pinned {
  readonly spans: number;
  readonly bytes: number;
}

/** Whether the segment that is written to should be followed by a new one for retention's sake. */
export function shouldRotate(segment: Segment, spans: number, limits: Retention, now: number): boolean {
  return (
    spans >= limits.maxSpans * segmentShare ||
    segment.bytes >= limits.maxBytes * segmentShare ||
    now - segment.createdMs >= limits.maxAgeSeconds * 1000 * segmentShare
  );
}

/** Whether pinned traces take so much that others get no more than their least share. */
export function isFullOfPinned(pinned: Pinned, { maxSpans, maxBytes }: Retention): boolean {
  const share = 1 - unpinnedShare;
  return pinned.spans > maxSpans * share || pinned.bytes > maxBytes * share;
}

/**
 * The limits to keep beside `pinned`: pinned traces are never dropped for them, and the others keep a share even where
 * the pinned ones alone take all. Without it, every segment would be written again and again for a few bytes.
 */
export function limitsBeside(pinned: Pinned, limits: Retention): Retention {
  return {
    maxSpans: Math.max(limits.maxSpans, pinned.spans + limits.maxSpans * unpinnedShare),
    maxBytes: Math.max(limits.maxBytes, pinned.bytes + limits.maxBytes * unpinnedShare),
    maxAgeSeconds: limits.maxAgeSeconds,
  };
}

/** The segment to drop next, or undefined where all limits are kept. */
export function nextToDrop(
  journal: Journal,
  spanCount: number,
  limits: Retention,
  now: number,
): Segment | undefined {
  const oldest = journal.oldest;
  if (!oldest || oldest.bytes <= segmentHeaderBytes) return undefined;
  const isOver =
    spanCount > limits.maxSpans ||
    journal.bytes > limits.maxBytes ||
    now - oldest.modifiedMs > limits.maxAgeSeconds * 1000;
  return isOver ? oldest : undefined;
}
