import type { StatementShapes } from '../../../src/core/analysis/repeats/statementShapes';
import { nextErrorRow } from '../../../src/core/columns/nextErrorRow';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { StatusCode } from '../../../src/core/model/span';
import type { FieldColumn } from '../../../src/core/query/fieldColumn';
import { defaultViewOptions, type ViewOptions } from '../../../src/protocol/viewOptions';
import type { ViewState } from '../../../src/protocol/waterfallProtocol';
import { serviceColours } from '../../ui/theme';
import { assignServices } from '../../ui/servicePalette';
import type { Colouring } from '../colours/colouring';
import { LineKind } from './lines/lineKind';
import { kindAt, type Lines } from './lines/lines';
import { LineView } from './lines/lineView';
import { RowState } from './lines/rowState';
import { MatchCounts } from './matchCounts';
import { MatchWalk } from './matchWalk';
import { indexPath, type PathIndex } from './pathIndex';
import { markedSpans, rowOfSpan } from './spanRows';
import { squeezeIdle } from './time/squeezeIdle';
import { TimeAxis } from './time/timeAxis';
import { TimeNavigation } from './time/timeNavigation';
import { isWhole, wholeRange, type TimeRange } from './timeRange';
import { traceFacts, type TraceFacts } from './traceFacts';

/** `trace`: other columns, so other rows. `rows`: other lines. `options`: what the reader chose to see, and how. */
export type Change = 'trace' | 'rows' | 'selection' | 'range' | 'options' | 'find' | 'colours' | 'arriving';

/** What the waterfall shows: the trace, its lines, which is selected, and the stretch of time. Knows no DOM. */
export class WaterfallModel {
  columns: TraceColumns;
  facts: TraceFacts;
  path: PathIndex;
  /** The selected row, or -1. Of a Repeats line its first member, of a Hidden line its first hidden span. */
  selected = -1;
  /** The selected line, or -1. */
  selectedLine = -1;
  /** What the selected line stands for; undefined where none is selected. Kept, for lines come and go before it is placed. */
  selectedLineKind: LineKind | undefined;
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
  /** Other colours than those of services; set by setColouring(). */
  colouring: Colouring | undefined;
  /** What stands beside the names; set by setLabels(). */
  labels: FieldColumn | undefined;
  private readonly walk = new MatchWalk(this);
  private readonly matchCounts = new MatchCounts();
  private view: LineView;
  private places: ReadonlyMap<string, number>;
  private readonly listeners = new Set<(change: Change) => void>();

  constructor(columns: TraceColumns, saved?: ViewState) {
    this.columns = columns;
    this.options = saved?.options ?? defaultViewOptions;
    this.facts = traceFacts(columns);
    this.path = indexPath(columns);
    this.places = this.assignPlaces();
    this.view = new LineView(columns, this.path, this, { folded: saved?.collapsed ?? [], asked: [] });
    this.axis = this.makeAxis();
    this.range = saved?.range ? this.axis.clamp(saved.range) : wholeRange(columns.duration);
    if (saved?.selectedSpanId !== undefined) this.selectSpan(saved.selectedSpanId);
  }

  /** What the list shows. */
  get lines(): Lines {
    return this.view.lines;
  }

  /** The rows of flame graph and table, ascending; the same array as long as they stay the same. */
  get shownRows(): Uint32Array {
    return this.view.shownRows;
  }

  /** The listener is called after each change. Returns the function that ends it. */
  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A newer snapshot of the same trace: folds, selection and a chosen range stay with their spans. */
  update(columns: TraceColumns): void {
    const selected = this.selectedSpanId;
    const kind = this.selectedLineKind;
    const folded = markedSpans(this.columns, this.view.folded);
    const asked = markedSpans(this.columns, this.view.asked);
    const whole = isWhole(this.range, this.columns.duration);
    this.columns = columns;
    this.facts = traceFacts(columns);
    this.path = indexPath(columns);
    this.places = this.assignPlaces();
    this.matches = undefined;
    this.colouring = undefined;
    this.labels = undefined;
    this.view = new LineView(columns, this.path, this, { folded, asked });
    this.axis = this.makeAxis();
    this.range = whole ? wholeRange(columns.duration) : this.axis.clamp(this.range);
    this.selected = selected === undefined ? -1 : rowOfSpan(columns, selected);
    this.placeSelection(-1);
    if (this.selected >= 0) {
      if (kind === LineKind.Span && this.view.state(this.selected) === RowState.Shown) {
        this.view.unfoldTo(this.selected);
        this.view.refold();
      }
      this.followSelection(kind);
    }
    this.emit('trace');
  }

  get selectedSpanId(): string | undefined {
    return this.selected < 0 ? undefined : spanIdAt(this.columns, this.selected);
  }

  get foldedSpanIds(): string[] {
    return markedSpans(this.columns, this.view.folded);
  }

  /** The place of a row's colour in the theme's `services`: that of its service unless the reader chose other colours. */
  colourPlace(row: number): number {
    return this.colouring?.places[row] ?? this.servicePlace(row);
  }

  setColouring(colouring: Colouring | undefined): void {
    this.colouring = colouring;
    this.emit('colours');
  }

  setLabels(labels: FieldColumn | undefined): void {
    this.labels = labels;
    this.emit('colours');
  }

  /** The place of a row's service in the service palette. */
  servicePlace(row: number): number {
    return this.places.get(this.columns.strings[this.columns.service[row] ?? 0] ?? '') ?? 0;
  }

  servicePlaceOf(service: string): number {
    return this.places.get(service) ?? 0;
  }

  hasChildren(row: number): boolean {
    return (this.columns.descendants[row] ?? 0) > 0;
  }

  isFolded(row: number): boolean {
    return this.view.folded[row] === 1 && this.hasChildren(row);
  }

  isError(row: number): boolean {
    return this.columns.status[row] === StatusCode.Error;
  }

  /** Whether a stretch of the row itself decided the trace's total. */
  isOnPath(row: number): boolean {
    return (this.path.first[row + 1] ?? 0) > (this.path.first[row] ?? 0);
  }

  /** The line that stands for a row: its own, or that of the fold, group or note that hides it; -1 outside the root. */
  lineOfRow(row: number): number {
    return this.lines.lineOf[row] ?? -1;
  }

  setOptions(change: Partial<ViewOptions>): void {
    const before = this.options;
    this.options = { ...before, ...change };
    const { hidden, onlyPath, root, repeats, find } = this.options;
    const hiding = hidden !== before.hidden || onlyPath !== before.onlyPath || root !== before.root;
    // What was asked for once need not stay when the reader chooses anew what to see.
    if (hiding) this.view.asked.fill(0);
    if (hiding || 'root' in change) this.leftRoot = undefined;
    const filtered = find.only !== before.find.only && this.matches !== undefined;
    const lines = hiding || filtered || repeats !== before.repeats;
    if (lines) this.view.choose(this);
    if (this.options.squeeze !== before.squeeze) {
      this.axis = this.makeAxis();
      this.range = this.axis.clamp(this.range);
    }
    this.emit('options');
    if (lines) this.linesChanged();
  }

  /** `matches`: rows marked 1. The lines follow where the reader wants to see nothing else. */
  setMatches(matches: Uint8Array | undefined): void {
    this.matches = matches;
    this.emit('find');
    if (this.options.find.only) this.rechoose();
  }

  /** Repeats are told apart by these statements too. What the reader sees open, and the selection, stay in sight. */
  setStatements(statements: StatementShapes): void {
    this.statements = statements;
    const ownLine = this.selected >= 0 && this.view.isShown(this.selected);
    this.view.regroup(this, ownLine && this.selectedLineKind === LineKind.Span ? this.selected : -1);
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
    this.selected = row;
    this.placeSelection(this.lineOfRow(row));
    if (shown) this.emit('rows');
    this.emit('selection');
  }

  selectLine(line: number): void {
    if (line < 0 || line >= this.lines.count || line === this.selectedLine) return;
    this.placeSelection(line);
    this.selected = this.lines.row[line] ?? -1;
    this.emit('selection');
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

  /** Selects the next (1) or previous (-1) match: see MatchWalk. */
  moveToMatch(direction: 1 | -1): void {
    this.walk.move(direction);
  }

  /** Nothing is looked for any more. */
  endMatches(): void {
    this.walk.end();
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

  setFolded(row: number, folded: boolean): void {
    if (!this.hasChildren(row) || this.isFolded(row) === folded) return;
    this.fold(marks => (marks[row] = folded ? 1 : 0));
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
    this.emit('range');
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
      this.emit('options');
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
    this.followSelection(this.selectedLineKind);
    this.emit('rows');
    if (this.selected !== before) this.emit('selection');
  }

  /** After the lines have changed: the selection goes to the line that stands for what was selected. */
  private followSelection(kind: LineKind | undefined): void {
    if (this.selected < 0) return;
    const group = this.lines.repeats.groupOf[this.selected] ?? -1;
    const ofGroup = kind === LineKind.Repeats ? (this.lines.lineOfRepeats[group] ?? -1) : -1;
    this.placeSelection(ofGroup >= 0 ? ofGroup : this.lineOfRow(this.selected));
    this.selected = this.selectedLine < 0 ? -1 : (this.lines.row[this.selectedLine] ?? -1);
  }

  private placeSelection(line: number): void {
    this.selectedLine = line;
    this.selectedLineKind = line < 0 ? undefined : kindAt(this.lines, line);
  }

  private makeAxis(): TimeAxis {
    return this.options.squeeze ? squeezeIdle(this.columns) : new TimeAxis(this.columns.duration);
  }

  private assignPlaces(): ReadonlyMap<string, number> {
    const names = this.facts.services.map(service => service.name);
    return assignServices(names, serviceColours, this.places);
  }

  private emit(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}
