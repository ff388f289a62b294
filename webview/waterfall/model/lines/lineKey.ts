import type { Lines } from './lines';

/** Room for the kinds of a line beside its row. */
const kinds = 4;

/** A number that a line keeps while others come and go, as long as it stands for the same thing. */
export function lineKey(lines: Lines, line: number): number {
  return (lines.row[line] ?? 0) * kinds + (lines.kind[line] ?? 0);
}
