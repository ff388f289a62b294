import {
  findRepeats,
  noRepeats,
  RunPart,
  type Repeats,
} from '../../../../src/core/analysis/repeats/findRepeats';
import { operationNumbers } from '../../../../src/core/analysis/repeats/operationNumbers';
import { shapesOfRows, type StatementShapes } from '../../../../src/core/analysis/repeats/statementShapes';
import { pathToRoot } from '../../../../src/core/columns/pathToRoot';
import type { TraceColumns } from '../../../../src/core/columns/traceColumns';
import type { ViewOptions } from '../../../../src/protocol/viewOptions';
import { markFolds, type Folds } from '../folds';
import type { PathIndex } from '../pathIndex';
import { markSpans, rowOfSpan } from '../spanRows';
import { buildLines } from './buildLines';
import { hiddenRows } from './hiddenRows';
import { LineKind } from './lineKind';
import { kindAt, type Lines } from './lines';
import { rowStates, RowState, type RowStates } from './rowState';

/** What decides which lines there are. `matches`: rows marked 1 match what the reader looks for. */
export interface LineChoices {
  readonly options: ViewOptions;
  readonly matches: Uint8Array | undefined;
  /** What is known of the statements that its spans ran. */
  readonly statements: StatementShapes | undefined;
}

/** The lines of a trace, and the marks that they follow from. Whoever changes a mark calls refold(). */
export class LineView {
  lines: Lines;
  /** Rows marked 1 hide what is below them. */
  readonly folded: Uint8Array;
  /** First rows of the runs that are opened, and of former runs. */
  readonly opened: Uint8Array;
  /** Rows that are shown though they are among the hidden, because somebody asked for them. */
  readonly asked: Uint8Array;
  root = -1;
  /** How many spans are shown that would be left out, had nobody asked for them. */
  shownAnyway = 0;
  private hiding: RowStates | undefined;
  private shown: Uint32Array | undefined;
  private repeats: Repeats = noRepeats;
  private operation: Uint32Array | undefined;
  private statements: StatementShapes | undefined;
  private shapes: Int32Array | undefined;
  /** Groups marked 1 show their members. */
  private openGroups = new Uint8Array();

  constructor(
    private readonly columns: TraceColumns,
    private readonly path: PathIndex,
    choices: LineChoices,
    marks: { readonly folds: Folds; readonly asked: Iterable<string> },
  ) {
    this.folded = markFolds(columns, marks.folds);
    this.asked = markSpans(columns, marks.asked);
    this.opened = markSpans(columns, choices.options.openRepeats);
    this.lines = this.choose(choices);
  }

  /** Works out anew what is shown, hidden and repeated, and the lines. */
  choose({ options, matches, statements }: LineChoices): Lines {
    const { columns } = this;
    this.know(statements);
    this.root = options.root === undefined ? -1 : rowOfSpan(columns, options.root);
    const hide = hiddenRows(columns, options.hidden);
    const keep = this.keptRows(options, matches);
    if (this.root >= 0) {
      if (hide) hide[this.root] = 0;
      if (keep) keep[this.root] = 1;
    }
    this.shownAnyway = 0;
    for (let row = this.asked.indexOf(1); row >= 0; row = this.asked.indexOf(1, row + 1)) {
      if (hide?.[row] === 1 || keep?.[row] === 0) this.shownAnyway++;
      if (hide) hide[row] = 0;
      if (keep) keep[row] = 1;
    }
    this.hiding = rowStates(columns, hide, keep);
    this.shown = undefined;
    this.repeats = options.repeats ? this.findRepeats() : noRepeats;
    return this.refold();
  }

  /** Tells repeats apart anew. What is in a group that is open stays in sight, and so does `selected` unless it is -1. */
  regroup(choices: LineChoices, selected: number): void {
    const { repeats: before, openGroups: open } = this;
    this.choose(choices);
    const { groupOf, first } = this.repeats;
    for (let row = 0; row < groupOf.length; row++) {
      const group = groupOf[row] ?? -1;
      if (group >= 0 && open[before.groupOf[row] ?? -1] === 1) this.opened[first[group] ?? 0] = 1;
    }
    if (selected >= 0) this.unfoldTo(selected);
    this.refold();
  }

  /** What the statement of a row is called, where it has one that is known. */
  statementOf(row: number): string | undefined {
    return this.statements?.titles[this.shapes?.[row] ?? -1];
  }

  /** The lines after folds or opened runs have changed. */
  refold(): Lines {
    const { columns, folded, root, hiding, repeats } = this;
    const opened = new Uint8Array(repeats.count);
    for (let row = this.opened.indexOf(1); row >= 0; row = this.opened.indexOf(1, row + 1)) {
      const group = repeats.groupOf[row] ?? -1;
      if (group >= 0) opened[group] = 1;
    }
    this.openGroups = opened;
    this.lines = buildLines({ tree: columns, folded, root, hiding, repeats, opened });
    return this.lines;
  }

  state(row: number): RowState {
    return allStates[this.hiding?.states[row] ?? 0] ?? RowState.Shown;
  }

  /** The rows that are neither hidden nor outside of the root, ascending, whatever is folded. */
  get shownRows(): Uint32Array {
    return (this.shown ??= this.findShown());
  }

  /** Whether the row has a line of its own. */
  isShown(row: number): boolean {
    const line = this.lines.lineOf[row] ?? -1;
    return line >= 0 && this.lines.kind[line] === LineKind.Span && this.lines.row[line] === row;
  }

  /** Whether lines lie, or would lie, below the row. */
  hasBelow(row: number): boolean {
    const { descendants } = this.columns;
    const past = row + 1 + (descendants[row] ?? 0);
    if (!this.hiding) return past > row + 1;
    for (let child = row + 1; child < past; child += 1 + (descendants[child] ?? 0))
      if (this.state(child) !== RowState.Out) return true;
    return false;
  }

  /** Asks for the spans that a note stands for. The caller chooses anew. */
  askFor(note: number): void {
    const { lineOf } = this.lines;
    for (let row = lineOf.indexOf(note); row >= 0; row = lineOf.indexOf(note, row + 1)) {
      const state = this.state(row);
      if (state === RowState.Pruned || state === RowState.Noted) this.asked[row] = 1;
    }
  }

  /** Whether a line can be unfolded, or has been. */
  isExpandable(line: number): boolean {
    const row = this.lines.row[line] ?? 0;
    if (kindAt(this.lines, line) === LineKind.Repeats) return true;
    if (kindAt(this.lines, line) === LineKind.Hidden) return this.state(row) === RowState.Noted;
    return this.hasBelow(row);
  }

  isExpanded(line: number): boolean {
    if (kindAt(this.lines, line) === LineKind.Repeats) return this.isOpen(this.lines.item[line] ?? 0);
    return this.isExpandable(line) && this.folded[this.lines.row[line] ?? 0] === 0;
  }

  /** The caller refolds. */
  setExpanded(line: number, expanded: boolean): void {
    if (kindAt(this.lines, line) === LineKind.Repeats) this.openRepeats(this.lines.item[line] ?? 0, expanded);
    else this.folded[this.lines.row[line] ?? 0] = expanded ? 0 : 1;
  }

  /** Opens every fold and group that hides the row. The caller has seen to it that the row is not hidden. */
  unfoldTo(row: number): void {
    for (const above of pathToRoot(this.columns, row)) this.folded[above] = 0;
    for (const at of [row, ...pathToRoot(this.columns, row)]) {
      const group = this.repeats.groupOf[at] ?? -1;
      if (group >= 0) this.openRepeats(group, true);
    }
  }

  isOpen(group: number): boolean {
    const line = this.lines.lineOfRepeats[group] ?? -1;
    return line >= 0 && this.lines.lineOf[this.repeats.first[group] ?? 0] !== line;
  }

  openRepeats(group: number, open: boolean): void {
    const first = this.repeats.first[group] ?? 0;
    const last = this.repeats.last[group] ?? 0;
    for (let row = first; row <= last; row += 1 + (this.columns.descendants[row] ?? 0))
      if (this.repeats.groupOf[row] === group) this.opened[row] = open && row === first ? 1 : 0;
  }

  private findShown(): Uint32Array {
    const { columns, root } = this;
    const first = Math.max(0, root);
    const end = root < 0 ? columns.count : root + 1 + (columns.descendants[root] ?? 0);
    const rows = new Uint32Array(end - first);
    let shown = 0;
    for (let row = first; row < end; row++) if (this.state(row) === RowState.Shown) rows[shown++] = row;
    return rows.subarray(0, shown);
  }

  /** Rows that only a filter leaves over; undefined where there is none. */
  private keptRows(options: ViewOptions, matches: Uint8Array | undefined): Uint8Array | undefined {
    const onlyMatches = options.find.only ? matches : undefined;
    if (!options.onlyPath && !onlyMatches) return undefined;
    const { count } = this.columns;
    const { first } = this.path;
    const keep = new Uint8Array(count);
    for (let row = 0; row < count; row++) {
      const onPath = !options.onlyPath || (first[row + 1] ?? 0) > (first[row] ?? 0);
      keep[row] = onPath && (!onlyMatches || onlyMatches[row] === 1) ? 1 : 0;
    }
    return keep;
  }

  private know(statements: StatementShapes | undefined): void {
    if (statements === this.statements) return;
    this.statements = statements;
    this.shapes = statements && shapesOfRows(this.columns, statements);
    this.operation = undefined;
  }

  private findRepeats(): Repeats {
    this.operation ??= operationNumbers(this.columns, this.shapes);
    const { operation, root, hiding } = this;
    return findRepeats(this.columns, {
      operation,
      root,
      ...(hiding ? { part: row => parts[hiding.states[row] ?? 0] ?? RunPart.Member } : {}),
    });
  }
}

const allStates = [RowState.Shown, RowState.Pruned, RowState.Noted, RowState.Out];

/** By RowState. */
const parts: readonly RunPart[] = [RunPart.Member, RunPart.Absent, RunPart.Break, RunPart.Absent];
