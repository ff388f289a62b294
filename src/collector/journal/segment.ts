/** A file of the journal. */
export interface Segment {
  readonly number: number;
  readonly id: string;
  /** Of the format that it is written in. */
  readonly version: number;
  readonly createdMs: number;
  /** Length of the file, frames that still wait to be written included. */
  bytes: number;
  /** When the last frame came in, milliseconds since the epoch. */
  modifiedMs: number;
}
