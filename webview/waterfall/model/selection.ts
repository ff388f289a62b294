import { LineKind } from './lines/lineKind';
import { kindAt, type Lines } from './lines/lines';

/** The selected line, and the row that it begins with. */
export class Selection {
  /** -1 where none is selected; so is `line`. */
  row = -1;
  line = -1;
  /** What the line stands for. Kept, for lines come and go before the selection follows them. */
  kind: LineKind | undefined;

  /** `row`: that of the line unless given. */
  place(lines: Lines, line: number, row = lines.row[line] ?? -1): void {
    this.line = line;
    this.row = row;
    this.kind = line < 0 ? undefined : kindAt(lines, line);
  }

  /** After the lines have changed: goes to the line that stands for what was selected. */
  follow(lines: Lines): void {
    if (this.row < 0) return;
    const group = lines.repeats.groupOf[this.row] ?? -1;
    const ofGroup = this.kind === LineKind.Repeats ? (lines.lineOfRepeats[group] ?? -1) : -1;
    this.place(lines, ofGroup >= 0 ? ofGroup : (lines.lineOf[this.row] ?? -1));
  }
}
