/** A stretch of a segment file. */
export interface Location {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

/** A place between two frames; `id` is the segment's, so that a file that took over its number is not mistaken for it. */
export interface JournalPosition {
  readonly segment: number;
  readonly id: string;
  readonly offset: number;
}
