import type { Location } from '../journal/location';
import type { FrameGroup } from './frameGroups';
import type { Needle } from './needle';

export interface FrameHits {
  readonly frame: Location;
  /** Places in the payload, ascending. */
  readonly hits: readonly number[];
}

/** Where `needles` stand in the frames of a group, last frame first. */
export function framesWithHits(
  { bytes, offset, frames }: FrameGroup,
  needles: readonly Needle[],
): FrameHits[] {
  const places = needles.flatMap(needle => needle.places(bytes)).map(place => place + offset);
  places.sort((a, b) => b - a);
  const found: FrameHits[] = [];
  let next = 0;
  for (const frame of frames.toReversed()) {
    const hits: number[] = [];
    for (; (places[next] ?? -1) >= frame.offset; next++) {
      const place = (places[next] ?? 0) - frame.offset;
      if (place < frame.length) hits.push(place);
    }
    if (hits.length > 0) found.push({ frame, hits: hits.reverse() });
  }
  return found;
}
