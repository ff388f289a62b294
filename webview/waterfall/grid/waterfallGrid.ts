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
import { placeOf } from '../model/rowOrder';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { rowOfSpan } from '../model/spanRows';
import { TimeScale } from '../model/timeScale';
import type { Change, WaterfallModel } from '../model/waterfallModel';
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
  private readonly resizes: ResizeObserver;
  private readonly stop: () => void;
  private frame: number | undefined;
  private treeWidth = 0;
  private width = 0;
  private viewport = 0;
  private rebind = true;
  private revealPending: 'nearest' | 'centre' | undefined;
  private focusPending = false;
  /** The row at the top of the viewport, so that it stays there when rows come and go above it. */
  private anchor: { spanId: string; offset: number } | undefined;
  private scaleNow = new TimeScale({ start: 0, end: 1 }, 1);

  constructor(
    parent: HTMLElement,
    private readonly model: WaterfallModel,
    /** Called with the pixels of list above the viewport, after it was scrolled. */
    private readonly scrolled: (top: number) => void,
  ) {
    this.elements = createGridElements(parent);
    this.canvas = new TimeCanvas(this.elements.canvas, model);
    this.pool = new RowPool(
      this.elements.rows,
      () => new RowElement(),
      (item, row) => item.bind(model, row, placeOf(model.visible, row), Math.max(0, this.treeWidth - 140)),
    );
    this.canvas.setTheme(readTheme());
    watchTheme(() => {
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
    this.resizes.disconnect();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.elements.remove();
  }

  /** Time to pixels as drawn last. */
  get scale(): TimeScale {
    return this.scaleNow;
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
    return { rows: this.model.visible.length, rowHeight, viewport: this.viewport };
  }

  private get top(): number {
    return listTop(this.elements.scroller.scrollTop, this.list);
  }

  private onModelChange(change: Change): void {
    if (change === 'trace') this.renumber();
    if (change === 'trace' || change === 'rows') this.canvas.invalidate();
    if (change !== 'range') this.rebind = true;
    this.schedule();
  }

  /** After a new snapshot: focus and scroll position go with their spans. */
  private renumber(): void {
    const focused = document.activeElement;
    if (focused && this.elements.rows.contains(focused)) this.focusPending = true;
    this.pool.clear();
    if (!this.anchor) return;
    const place = placeOf(this.model.visible, rowOfSpan(this.model.columns, this.anchor.spanId));
    if (place >= 0) this.restoreTop(place * rowHeight + this.anchor.offset);
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
    elements.setRowCount(model.visible.length + 1);
    elements.spacer.style.height = `${spacerHeight(this.list)}px`;
    this.applyReveal();
    const { top } = this;
    const { first, last } = rowsInView(top, this.list);
    const rows = Array.from(model.visible.subarray(first, last));
    const firstRow = rows[0];
    this.anchor =
      firstRow === undefined
        ? undefined
        : { spanId: spanIdAt(model.columns, firstRow), offset: top - first * rowHeight };

    // The row that has the keyboard stays in the document when it is scrolled away, or the keyboard would be lost.
    const pinned = model.selected >= 0 ? model.selected : (model.visible[0] ?? -1);
    const shown =
      pinned < 0 || rows.includes(pinned)
        ? rows
        : pinned < (firstRow ?? 0)
          ? [pinned, ...rows]
          : [...rows, pinned];
    this.pool.render(shown, this.rebind);
    this.rebind = false;
    const placed = rows.map((row, i) => ({ row, y: (first + i) * rowHeight - top }));
    for (const { row, y } of placed) place(this.pool.element(row), y);
    if (shown.length > rows.length)
      place(this.pool.element(pinned), pinned < (firstRow ?? 0) ? -2 * rowHeight : this.viewport);

    const timeWidth = Math.max(1, this.width - this.treeWidth);
    if (this.scaleNow.range !== model.range || this.scaleNow.width !== timeWidth)
      this.scaleNow = new TimeScale(model.range, timeWidth);
    this.canvas.draw({ height: this.viewport + rulerHeight, rows: placed, scale: this.scaleNow });
    if (this.focusPending) this.pool.element(pinned)?.focus({ preventScroll: true });
    this.focusPending = false;
  }

  private applyReveal(): void {
    const how = this.revealPending;
    const at = placeOf(this.model.visible, this.model.selected);
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
