import { nextErrorRow } from '../../../src/core/columns/nextErrorRow';
import { pathToRoot } from '../../../src/core/columns/pathToRoot';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { visibleRows } from '../../../src/core/columns/visibleRows';
import { StatusCode } from '../../../src/core/model/span';
import { defaultViewOptions, type ViewOptions } from '../../../src/protocol/viewOptions';
import type { ViewState } from '../../../src/protocol/waterfallProtocol';
import { serviceColours } from '../../ui/theme';
import { assignServices } from '../../ui/servicePalette';
import { indexPath, type PathIndex } from './pathIndex';
import { placeOf, siblings, type Siblings } from './rowOrder';
import { markedSpans, markSpans, rowOfSpan } from './spanRows';
import { clampRange, isWhole, wholeRange, type TimeRange } from './timeRange';
import { traceFacts, type TraceFacts } from './traceFacts';

/** `trace`: other columns, so other rows. `rows`: folds. `options`: what the reader chose to see, and how. */
export type Change = 'trace' | 'rows' | 'selection' | 'range' | 'options';

/** What the waterfall shows: the trace, what is folded, what is selected, and the stretch of time. Knows no DOM. */
export class WaterfallModel {
  columns: TraceColumns;
  facts: TraceFacts;
  path: PathIndex;
  siblings: Siblings;
  /** Rows on screen, in order. */
  visible: Uint32Array;
  /** The selected row, or -1. Never a hidden one. */
  selected = -1;
  range: TimeRange;
  options: ViewOptions;
  private folded: Uint8Array;
  private places: ReadonlyMap<string, number>;
  private readonly listeners = new Set<(change: Change) => void>();

  constructor(columns: TraceColumns, saved?: ViewState) {
    this.columns = columns;
    this.options = saved?.options ?? defaultViewOptions;
    this.facts = traceFacts(columns);
    this.path = indexPath(columns);
    this.siblings = siblings(columns);
    this.places = this.assignPlaces();
    this.folded = markSpans(columns, saved?.collapsed ?? []);
    this.visible = visibleRows(columns, this.folded);
    this.range = saved?.range ? clampRange(saved.range, columns.duration) : wholeRange(columns.duration);
    if (saved?.selectedSpanId !== undefined) this.selectSpan(saved.selectedSpanId);
  }

  /** The listener is called after each change. Returns the function that ends it. */
  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A newer snapshot of the same trace: folds, selection and a chosen range stay with their spans. */
  update(columns: TraceColumns): void {
    const selected = this.selectedSpanId;
    const folded = markedSpans(this.columns, this.folded);
    const whole = isWhole(this.range, this.columns.duration);
    this.columns = columns;
    this.facts = traceFacts(columns);
    this.path = indexPath(columns);
    this.siblings = siblings(columns);
    this.places = this.assignPlaces();
    this.folded = markSpans(columns, folded);
    this.visible = visibleRows(columns, this.folded);
    this.range = whole ? wholeRange(columns.duration) : clampRange(this.range, columns.duration);
    this.selected = selected === undefined ? -1 : rowOfSpan(columns, selected);
    if (this.selected >= 0) this.unfold(pathToRoot(columns, this.selected), false);
    this.emit('trace');
  }

  get selectedSpanId(): string | undefined {
    return this.selected < 0 ? undefined : spanIdAt(this.columns, this.selected);
  }

  get foldedSpanIds(): string[] {
    return markedSpans(this.columns, this.folded);
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
    return this.folded[row] === 1 && this.hasChildren(row);
  }

  isError(row: number): boolean {
    return this.columns.status[row] === StatusCode.Error;
  }

  /** Whether a stretch of the row itself decided the trace's total. */
  isOnPath(row: number): boolean {
    return (this.path.first[row + 1] ?? 0) > (this.path.first[row] ?? 0);
  }

  setOptions(change: Partial<ViewOptions>): void {
    this.options = { ...this.options, ...change };
    this.emit('options');
  }

  /** Selects a row, showing it first where a fold hides it. */
  select(row: number): void {
    if (row < 0 || row >= this.columns.count || row === this.selected) return;
    this.selected = row;
    this.unfold(pathToRoot(this.columns, row), true);
    this.emit('selection');
  }

  /** False where the trace has no such span (yet). */
  selectSpan(spanId: string): boolean {
    const row = rowOfSpan(this.columns, spanId);
    this.select(row);
    return row >= 0;
  }

  /** Selects the row `by` places further on screen, or the first or last where there are not so many. */
  move(by: number): void {
    const place = this.selected < 0 ? (by > 0 ? -1 : 0) : placeOf(this.visible, this.selected);
    this.select(this.visible[Math.min(this.visible.length - 1, Math.max(0, place + by))] ?? -1);
  }

  /** Selects the next (1) or previous (-1) span with an error in tree order, hidden ones too, around the end. */
  moveToError(direction: 1 | -1): void {
    this.select(nextErrorRow(this.columns, this.selected, direction));
  }

  setFolded(row: number, folded: boolean): void {
    if (!this.hasChildren(row) || this.isFolded(row) === folded) return;
    this.foldAll([row], folded);
  }

  /** Folds or unfolds a row together with everything below it. */
  setFoldedDeep(row: number, folded: boolean): void {
    const rows: number[] = [];
    const last = row + (this.columns.descendants[row] ?? 0);
    for (let below = row; below <= last; below++) if (this.hasChildren(below)) rows.push(below);
    this.foldAll(rows, folded);
  }

  /** Unfolds a row and all its siblings (`*` of the treegrid pattern, WAI-ARIA Authoring Practices). */
  unfoldSiblings(row: number): void {
    const { parent, descendants, count } = this.columns;
    const above = parent[row] ?? -1;
    const end = above < 0 ? count : above + 1 + (descendants[above] ?? 0);
    const rows: number[] = [];
    for (let sibling = above + 1; sibling < end; sibling += 1 + (descendants[sibling] ?? 0))
      rows.push(sibling);
    this.foldAll(rows, false);
  }

  setRange(range: TimeRange): void {
    const next = clampRange(range, this.columns.duration);
    if (next.start === this.range.start && next.end === this.range.end) return;
    this.range = next;
    this.emit('range');
  }

  private foldAll(rows: readonly number[], folded: boolean): void {
    for (const row of rows) this.folded[row] = folded ? 1 : 0;
    this.visible = visibleRows(this.columns, this.folded);
    const hiddenBy =
      this.selected < 0 ? [] : pathToRoot(this.columns, this.selected).filter(row => this.folded[row] === 1);
    this.emit('rows');
    this.select(hiddenBy.at(-1) ?? this.selected);
  }

  private unfold(rows: readonly number[], tell: boolean): void {
    const hiding = rows.filter(row => this.folded[row] === 1);
    if (hiding.length === 0) return;
    for (const row of hiding) this.folded[row] = 0;
    this.visible = visibleRows(this.columns, this.folded);
    if (tell) this.emit('rows');
  }

  private assignPlaces(): ReadonlyMap<string, number> {
    const names = this.facts.services.map(service => service.name);
    return assignServices(names, serviceColours, this.places);
  }

  private emit(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}
