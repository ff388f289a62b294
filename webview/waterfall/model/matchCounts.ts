import type { Lines } from './lines/lines';

/** How many matches each line stands for, counted once for the same lines and matches. */
export class MatchCounts {
  private counted: { lines: Lines; matches: Uint8Array; ofLine: Uint32Array } | undefined;

  of(line: number, lines: Lines, matches: Uint8Array): number {
    if (this.counted?.lines !== lines || this.counted.matches !== matches)
      this.counted = { lines, matches, ofLine: matchesOfLines(lines, matches) };
    return this.counted.ofLine[line] ?? 0;
  }
}

/** How many matches each line stands for, its own row included. */
function matchesOfLines({ count, lineOf }: Lines, matches: Uint8Array): Uint32Array {
  const found = new Uint32Array(count);
  for (let row = matches.indexOf(1); row >= 0; row = matches.indexOf(1, row + 1)) {
    const line = lineOf[row] ?? -1;
    if (line >= 0) found[line] = (found[line] ?? 0) + 1;
  }
  return found;
}
