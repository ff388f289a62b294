import type { StatementShapes } from '../../../src/core/analysis/repeats/statementShapes';
import { nextErrorRow } from '../../../src/core/columns/nextErrorRow';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { defaultViewOptions, type ViewOptions } from '../../../src/protocol/viewOptions';
import type { ViewState } from '../../../src/protocol/waterfallProtocol';
import { foldsOf, noFolds, savedFolds, type Folds } from './folds';
import { LineKind } from './lines/lineKind';
import { kindAt, type Lines } from './lines/lines';
import { LineView } from './lines/lineView';
import { RowState } from './lines/rowState';
import { MatchCounts } from './matchCounts';
import { MatchWalk } from './matchWalk';
import { optionEffects } from './optionEffects';
import { Selection } from './selection';
import { ShownTrace } from './shownTrace';
import { markedSpans, rowOfSpan } from './spanRows';
import { squeezeIdle } from './time/squeezeIdle';
import { TimeAxis } from './time/timeAxis';
import { TimeNavigation } from './time/timeNavigation';
import { isWhole, wholeRange, type TimeRange } from './timeRange';

/** What the waterfall shows: the trace, its lines, which is selected, and the stretch of time. Knows no DOM. */
export class WaterfallModel extends ShownTrace {
  range: TimeRange;
  options: ViewOptions;
  /** Id of the span that was shown as the root until a span outside of it was gone to; what is hidden has not changed since. */
  leftRoot: string | undefined;
  /** Rows that match what the reader looks for, marked 1; set by setMatches(). */
  matches: Uint8Array | undefined;
  /** What is known of the statements that its spans ran, of this snapshot or the one before; set by setStatements(). */
  statements: StatementShapes | undefined;
  /** How time runs on screen. */
  axis: TimeAxis;
  readonly time = new TimeNavigation(this);
  readonly walk = new MatchWalk(this);
  private readonly matchCounts = new MatchCounts();
  private view: LineView;
  private readonly selection = new Selection();

  constructor(columns: TraceColumns, saved?: ViewState) {
    super(columns);
    this.options = saved?.options ?? defaultViewOptions;
    this.view = new LineView(columns, this.path, this, {
      folds: saved ? savedFolds(saved) : noFolds,
      asked: [],
    });
    this.axis = this.makeAxis();
    this.range = saved?.range ? this.axis.clamp(saved.range) : wholeRange(columns.duration);
    if (saved?.selectedSpanId !== undefined) this.selectSpan(saved.selectedSpanId);
  }

  /** The selected row, or -1. Of a Repeats line its first member, of a Hidden line its first hidden span. */
  get selected(): number {
    return this.selection.row;
  }

  /** The selected line, or -1. */
  get selectedLine(): number {
    return this.selection.line;
  }

  /** What the selected line stands for; undefined where none is selected. */
  get selectedLineKind(): LineKind | undefined {
    return this.selection.kind;
  }

  /** What the list shows. */
  get lines(): Lines {
    return this.view.lines;
  }

  /** The rows of flame graph and table, ascending; the same array as long as they stay the same. */
  get shownRows(): Uint32Array {
    return this.view.shownRows;
  }

  /** A newer snapshot of the same trace: folds, selection and a chosen range stay with their spans. */
  update(columns: TraceColumns): void {
    const selected = this.selectedSpanId;
    const folds = this.folds();
    const asked = markedSpans(this.columns, this.view.asked);
    const whole = isWhole(this.range, this.columns.duration);
    this.replace(columns);
    this.matches = undefined;
    this.view = new LineView(columns, this.path, this, { folds, asked });
    this.axis = this.makeAxis();
    this.range = whole ? wholeRange(columns.duration) : this.axis.clamp(this.range);
    this.selection.row = selected === undefined ? -1 : rowOfSpan(columns, selected);
    if (this.ownLine && this.view.state(this.selected) === RowState.Shown) {
      this.view.unfoldTo(this.selected);
      this.view.refold();
    }
    if (this.selected < 0) this.selection.place(this.lines, -1);
    this.selection.follow(this.lines);
    this.changes.emit('trace');
  }

  get selectedSpanId(): string | undefined {
    return this.idOf(this.selected);
  }

  /** Of more exceptions than `most` only their number is told. */
  folds(most = Infinity): Folds {
    return foldsOf(this.columns, this.view.folded, most);
  }

  isFolded(row: number): boolean {
    return this.view.folded[row] === 1 && this.hasChildren(row);
  }

  /** The line that stands for a row: its own, or that of the fold, group or note that hides it; -1 outside the root. */
  lineOfRow(row: number): number {
    return this.lines.lineOf[row] ?? -1;
  }

  setOptions(change: Partial<ViewOptions>): void {
    const before = this.options;
    this.options = { ...before, ...change };
    const { hiding, lines, axis } = optionEffects(before, this.options, this.matches !== undefined);
    // What was asked for once need not stay when the reader chooses anew what to see.
    if (hiding) this.view.asked.fill(0);
    if (hiding || 'root' in change) this.leftRoot = undefined;
    if (lines) this.view.choose(this);
    if (axis) {
      this.axis = this.makeAxis();
      this.range = this.axis.clamp(this.range);
    }
    this.changes.emit('options');
    if (lines) this.linesChanged();
  }

  /** `matches`: rows marked 1. The lines follow where the reader wants to see nothing else. */
  setMatches(matches: Uint8Array | undefined): void {
    this.matches = matches;
    this.changes.emit('find');
    if (this.options.find.only) this.rechoose();
  }

  /** Repeats are told apart by these statements too. What the reader sees open, and the selection, stay in sight. */
  setStatements(statements: StatementShapes): void {
    this.statements = statements;
    this.view.regroup(this, this.ownLine ? this.selected : -1);
    this.keepOpened();
    this.linesChanged();
  }

  /** What the statement of a row is called, its values taken out; undefined where none is known. */
  statementOf(row: number): string | undefined {
    return this.view.statementOf(row);
  }

  /** How many spans are shown that the reader's filters would leave out, because somebody asked for them. */
  get shownAnyway(): number {
    return this.view.shownAnyway;
  }

  /** Shows the spans that a note stands for, without a change to what is hidden. */
  showHidden(line: number): void {
    if (kindAt(this.lines, line) !== LineKind.Hidden) return;
    this.view.askFor(line);
    this.rechoose();
  }

  /** Leaves out again what was shown because somebody asked for it. */
  hideAgain(): void {
    this.view.asked.fill(0);
    this.rechoose();
  }

  /** Selects a row, showing it first where a fold, a group or a filter hides it. */
  select(row: number): void {
    if (row < 0 || row >= this.columns.count) return;
    if (row === this.selected && this.selectedLineKind === LineKind.Span) return;
    const shown = this.show(row);
    this.selection.place(this.lines, this.lineOfRow(row), row);
    if (shown) this.changes.emit('rows');
    this.changes.emit('selection');
  }

  selectLine(line: number): void {
    if (line < 0 || line >= this.lines.count || line === this.selectedLine) return;
    this.selection.place(this.lines, line);
    this.changes.emit('selection');
  }

  /** False where the trace has no such span (yet). */
  selectSpan(spanId: string): boolean {
    const row = rowOfSpan(this.columns, spanId);
    this.select(row);
    return row >= 0;
  }

  /** Selects the line `by` places further, or the first or last where there are not so many. */
  move(by: number): void {
    const line = this.selectedLine < 0 && by > 0 ? -1 : Math.max(0, this.selectedLine);
    this.selectLine(Math.min(this.lines.count - 1, Math.max(0, line + by)));
  }

  /** Selects the next (1) or previous (-1) span with an error in tree order, hidden ones too, around the end. */
  moveToError(direction: 1 | -1): void {
    // A group or note is where its first span is, and comes before it.
    const many = this.selectedLine >= 0 && this.selectedLineKind !== LineKind.Span;
    const from = many && direction === 1 ? this.selected - 1 : this.selected;
    this.select(nextErrorRow(this.columns, from, direction));
  }

  /** How many matches a line stands for, its own row included. */
  matchesIn(line: number): number {
    return this.matches ? this.matchCounts.of(line, this.lines, this.matches) : 0;
  }

  /** Whether a line can be unfolded, or has been. */
  isExpandable(line: number): boolean {
    return this.view.isExpandable(line);
  }

  isExpanded(line: number): boolean {
    return this.view.isExpanded(line);
  }

  setExpanded(line: number, expanded: boolean): void {
    if (!this.isExpandable(line) || this.isExpanded(line) === expanded) return;
    this.view.setExpanded(line, expanded);
    this.keepOpened();
    this.refold();
  }

  /** Closes the groups of repeats that were opened at these rows. */
  closeRepeats(rows: Iterable<number>): void {
    for (const row of rows) this.view.opened[row] = 0;
    this.keepOpened();
    this.refold();
  }

  /** `change` sets the marks of rows that hide what is below them (1) or do not (0): see folding. */
  fold(change: (folded: Uint8Array) => unknown): void {
    change(this.view.folded);
    this.refold();
  }

  setRange(range: TimeRange): void {
    const next = this.axis.clamp(range);
    if (next.start === this.range.start && next.end === this.range.end) return;
    this.range = next;
    this.changes.emit('range');
  }

  private rechoose(): void {
    this.view.choose(this);
    this.linesChanged();
  }

  private refold(): void {
    this.view.refold();
    this.linesChanged();
  }

  /** Sees to it that the row has a line of its own. True where the lines had to change for it. */
  private show(row: number): boolean {
    const { view } = this;
    if (view.isShown(row)) return false;
    if (this.lineOfRow(row) < 0) {
      this.leftRoot = this.options.root;
      this.options = { ...this.options, root: undefined };
      view.choose(this);
      this.changes.emit('options');
    }
    if (view.state(row) !== RowState.Shown) {
      view.asked[row] = 1;
      view.choose(this);
    }
    view.unfoldTo(row);
    this.keepOpened();
    view.refold();
    return true;
  }

  private keepOpened(): void {
    this.options = { ...this.options, openRepeats: markedSpans(this.columns, this.view.opened) };
  }

  private linesChanged(): void {
    const before = this.selected;
    this.selection.follow(this.lines);
    this.changes.emit('rows');
    if (this.selected !== before) this.changes.emit('selection');
  }

  /** Whether a span is selected, and not what stands for several. */
  private get ownLine(): boolean {
    return this.selected >= 0 && this.selectedLineKind === LineKind.Span;
  }

  private makeAxis(): TimeAxis {
    return this.options.squeeze ? squeezeIdle(this.columns) : new TimeAxis(this.columns.duration);
  }
}
