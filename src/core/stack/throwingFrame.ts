import type { ParsedException, StackFrame } from './stackTrace';

/** A frame by its place: index of the exception, index of the frame in it. */
export interface FramePlace {
  readonly exception: number;
  readonly frame: number;
}

/**
 * The line that threw: the first in-app frame of the innermost cause that `resolves` to something that opens; where
 * the innermost cause has none, that of the exception around it, and so on outward. undefined where nothing resolves.
 */
export function throwingFrame(
  exceptions: readonly Pick<ParsedException, 'frames'>[],
  resolves: (frame: StackFrame, place: FramePlace) => boolean,
): FramePlace | undefined {
  for (const [exception, { frames }] of exceptions.entries())
    for (const [frame, candidate] of frames.entries()) {
      const place = { exception, frame };
      if (candidate.inApp && resolves(candidate, place)) return place;
    }
  return undefined;
}
