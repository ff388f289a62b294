import { readTheme, watchTheme } from '../../ui/theme';
import {
  listTop,
  rowsInView,
  scrollTopFor,
  spacerHeight,
  topThatCentres,
  topThatShows,
  type VirtualList,
} from '../../ui/virtualScroll';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { lineKey } from '../model/lines/lineKey';
import { rowOfSpan } from '../model/spanRows';
import { TimeScale } from '../model/timeScale';
import type { Change } from '../model/changes';
import type { WaterfallModel } from '../model/waterfallModel';
import type { Ask } from '../pageContext';
import { EventMarks } from '../events/eventMarks';
import { createGridElements, type GridElements } from './gridElements';
import { RowElement } from './rowElement';
import { RowPool } from './rowPool';
import { rulerHeight } from './ruler';
import { rowHeight, TimeCanvas } from './timeCanvas';

/**
 * The treegrid: labels as pooled elements, times on one canvas over them, both placed in the same animation frame
 * from one scroll position. Reads the model, and is drawn again when it changes.
 */
export class WaterfallGrid {
  readonly elements: GridElements;
  private readonly pool: RowPool<RowElement>;
  private readonly canvas: TimeCanvas;
  private readonly events: EventMarks;
  private readonly resizes: ResizeObserver;
  private readonly stop: () => void;
  private readonly stopTheme: () => void;
  private frame: number | undefined;
  private treeWidth = 0;
  private width = 0;
  private viewport = 0;
  private rebind = true;
  private revealPending: 'nearest' | 'centre' | undefined;
  private focusPending = false;
  /** A line in view, so that it stays where it is when lines come and go above it. */
  private anchor: { spanId: string; offset: number } | undefined;
  /** The lines on screen by their key, as drawn last. */
  private readonly drawn = new Map<number, number>();
  private scaleNow = new TimeScale({ start: 0, end: 1 }, 1);

  constructor(
    parent: HTMLElement,
    private readonly model: WaterfallModel,
    /** Called with the pixels of list above the viewport, after it was scrolled. */
    private readonly scrolled: (top: number) => void,
    ask: Ask,
  ) {
    this.elements = createGridElements(parent);
    this.canvas = new TimeCanvas(this.elements.canvas, model, row => this.events.of(row));
    this.events = new EventMarks(model, ask, () => this.schedule());
    this.pool = new RowPool(
      this.elements.rows,
      () => new RowElement(),
      (item, key) => item.bind(model, this.drawn.get(key) ?? 0, Math.max(0, this.treeWidth - 140)),
    );
    this.canvas.setTheme(readTheme());
    this.stopTheme = watchTheme(() => {
      this.canvas.setTheme(readTheme());
      this.schedule();
    });
    // Without its font the error icon would be an empty box on the canvas.
    void document.fonts.load('16px codicon').then(() => this.schedule());
    this.elements.scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
    this.resizes = new ResizeObserver(() => this.measure());
    this.resizes.observe(this.elements.scroller);
    this.stop = model.onChange(change => this.onModelChange(change));
    this.measure();
  }

  dispose(): void {
    this.stop();
    this.stopTheme();
    this.events.dispose();
    this.resizes.disconnect();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.elements.remove();
  }

  /** Time to pixels as drawn last. */
  get scale(): TimeScale {
    return this.scaleNow;
  }

  /** The name of the event that is marked near this point of the time column. */
  eventAt(x: number, y: number): string | undefined {
    return this.canvas.eventAt(x, y);
  }

  get rowsOnPage(): number {
    return Math.max(1, Math.floor(this.viewport / rowHeight) - 1);
  }

  setTreeWidth(width: number): void {
    this.treeWidth = width;
    this.elements.setTreeWidth(width);
    this.rebind = true;
    this.schedule();
  }

  /** Puts the list where it was: `top` pixels of it above the viewport. */
  restoreTop(top: number): void {
    this.elements.spacer.style.height = `${spacerHeight(this.list)}px`;
    this.elements.scroller.scrollTop = scrollTopFor(top, this.list);
    this.schedule();
  }

  /** Brings the selected row into view. */
  reveal(how: 'nearest' | 'centre'): void {
    this.revealPending = how;
    this.schedule();
  }

  /** Moves the keyboard to the selected row once it is drawn. */
  focus(): void {
    this.focusPending = true;
    this.schedule();
  }

  private get list(): VirtualList {
    return { rows: this.model.lines.count, rowHeight, viewport: this.viewport };
  }

  private get top(): number {
    return listTop(this.elements.scroller.scrollTop, this.list);
  }

  private onModelChange(change: Change): void {
    if (change === 'trace') this.renumber();
    if (change === 'rows' || change === 'trace') this.keepAnchor();
    if (change === 'trace' || change === 'rows') this.canvas.invalidate();
    if (change !== 'range') this.rebind = true;
    this.schedule();
  }

  /** After a new snapshot rows have other numbers: focus goes with its span. */
  private renumber(): void {
    const focused = document.activeElement;
    if (focused && this.elements.rows.contains(focused)) this.focusPending = true;
    this.pool.clear();
  }

  /** After lines came or went: what the reader looks at stays where it is. */
  private keepAnchor(): void {
    const { anchor, model } = this;
    if (!anchor) return;
    const line = model.lineOfRow(rowOfSpan(model.columns, anchor.spanId));
    if (line >= 0) this.restoreTop(line * rowHeight + anchor.offset);
  }

  private onScroll(): void {
    this.schedule();
    this.scrolled(this.top);
  }

  private measure(): void {
    const { scroller } = this.elements;
    this.width = scroller.clientWidth;
    // Not clientHeight, which is rounded: the end of the list would be a fraction of a pixel off.
    this.viewport = scroller.getBoundingClientRect().height;
    this.schedule();
  }

  private schedule(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.draw();
    });
  }

  private draw(): void {
    const { model, elements } = this;
    const { lines } = model;
    elements.setRowCount(lines.count + 1);
    elements.spacer.style.height = `${spacerHeight(this.list)}px`;
    this.applyReveal();
    const { top } = this;
    const { first, last } = rowsInView(top, this.list);
    this.setAnchor(first, last, top);

    // The row that has the keyboard stays in the document when it is scrolled away, or the keyboard would be lost.
    const pinned = Math.max(0, model.selectedLine);
    const hasPinned = pinned < lines.count;
    this.drawn.clear();
    if (hasPinned && pinned < first) this.drawn.set(lineKey(lines, pinned), pinned);
    for (let line = first; line < last; line++) this.drawn.set(lineKey(lines, line), line);
    if (hasPinned && pinned >= last) this.drawn.set(lineKey(lines, pinned), pinned);
    this.pool.render([...this.drawn.keys()], this.rebind);
    this.rebind = false;
    const placed: { line: number; y: number }[] = [];
    for (const [key, line] of this.drawn) {
      const inView = line >= first && line < last;
      const y = inView ? line * rowHeight - top : line < first ? -2 * rowHeight : this.viewport;
      place(this.pool.element(key), y);
      if (inView) placed.push({ line, y });
    }

    const timeWidth = Math.max(1, this.width - this.treeWidth);
    const { range, width, axis } = this.scaleNow;
    if (range !== model.range || width !== timeWidth || axis !== model.axis)
      this.scaleNow = new TimeScale(model.range, timeWidth, model.axis);
    this.canvas.draw({ height: this.viewport + rulerHeight, lines: placed, scale: this.scaleNow });
    this.events.want(placed.map(({ line }) => lines.row[line] ?? 0));
    if (this.focusPending && hasPinned)
      this.pool.element(lineKey(lines, pinned))?.focus({ preventScroll: true });
    this.focusPending = false;
  }

  /** The selected line where it is in view, else the top one. */
  private setAnchor(first: number, last: number, top: number): void {
    const { columns, lines, selectedLine } = this.model;
    const line = selectedLine >= first && selectedLine < last ? selectedLine : first;
    const row = lines.row[line];
    this.anchor =
      row === undefined ? undefined : { spanId: spanIdAt(columns, row), offset: top - line * rowHeight };
  }

  private applyReveal(): void {
    const how = this.revealPending;
    const at = this.model.selectedLine;
    if (how === undefined || at < 0 || this.viewport === 0) return;
    this.revealPending = undefined;
    const { list, top } = this;
    const shown = topThatShows(at, top, list);
    if (shown === top) return;
    this.elements.scroller.scrollTop = scrollTopFor(
      how === 'centre' ? topThatCentres(at, list) : shown,
      list,
    );
  }
}

function place(element: HTMLElement | undefined, y: number): void {
  if (element) element.style.transform = `translateY(${y}px)`;
}
