import { readTheme, watchTheme } from '../../ui/theme';
import { listTop, scrollTopFor, spacerHeight, topThatCentres, topThatShows } from '../../ui/virtualScroll';
import { rulerHeight } from '../grid/ruler';
import { TimeScale } from '../model/timeScale';
import type { Change } from '../model/changes';
import type { WaterfallModel } from '../model/waterfallModel';
import { FlameCanvas, laneHeight } from './flameCanvas';
import { createFlameElements, type FlameElements } from './flameElements';
import { flameLayout, type FlameLayout } from './flameLayout';
import { flameWords, showTip } from './flameTip';
import { parentOf, placeAmongSiblings } from './flameWalk';
import { rowAt } from './laneBars';

/** The flame graph: one canvas over a scrolled spacer. Reads the model, and is drawn again when it changes. */
export class FlameGraph {
  readonly elements: FlameElements;
  layout: FlameLayout;
  private readonly canvas: FlameCanvas;
  private readonly resizes: ResizeObserver;
  private readonly stop: () => void;
  private readonly stopTheme: () => void;
  private shown: Uint32Array;
  private frame: number | undefined;
  private width = 0;
  private viewport = 0;
  private hovered = -1;
  private revealPending: 'nearest' | 'centre' | undefined = 'centre';
  private scaleNow = new TimeScale({ start: 0, end: 1 }, 1);

  constructor(
    parent: HTMLElement,
    private readonly model: WaterfallModel,
  ) {
    this.elements = createFlameElements(parent);
    this.shown = model.shownRows;
    this.layout = flameLayout(model.columns, this.shown);
    this.canvas = new FlameCanvas(this.elements.canvas, model);
    this.canvas.setTheme(readTheme());
    this.stopTheme = watchTheme(() => {
      this.canvas.setTheme(readTheme());
      this.schedule();
    });
    // Without its font the error icon would be an empty box on the canvas.
    void document.fonts.load('16px codicon').then(() => this.schedule());
    this.elements.scroller.addEventListener('scroll', () => this.schedule(), { passive: true });
    this.resizes = new ResizeObserver(() => this.measure());
    this.resizes.observe(this.elements.scroller);
    this.stop = model.onChange(change => this.onModelChange(change));
    this.describeSelection();
    this.measure();
  }

  dispose(): void {
    this.stop();
    this.stopTheme();
    this.resizes.disconnect();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.elements.root.remove();
    this.elements.tip.remove();
  }

  /** Time to pixels as drawn last. */
  get scale(): TimeScale {
    return this.scaleNow;
  }

  /** The row at a place in the view, CSS pixels from its top left corner, or -1. */
  rowAt(x: number, y: number): number {
    if (y < rulerHeight) return -1;
    const lane = Math.floor((y - rulerHeight + this.top) / laneHeight);
    return rowAt(this.model.columns, this.layout, lane, this.scaleNow, x);
  }

  hover(row: number, at: { readonly x: number; readonly y: number }): void {
    showTip(this.elements.tip, this.model, row, at);
    if (row === this.hovered) return;
    this.hovered = row;
    this.schedule();
  }

  private get list() {
    return { rows: this.layout.lanes, rowHeight: laneHeight, viewport: this.viewport };
  }

  private get top(): number {
    return listTop(this.elements.scroller.scrollTop, this.list);
  }

  private onModelChange(change: Change): void {
    const shown = this.model.shownRows;
    if (shown !== this.shown) {
      this.shown = shown;
      this.layout = flameLayout(this.model.columns, shown);
      this.hover(-1, { x: 0, y: 0 });
    }
    if (change === 'selection') this.revealPending = 'nearest';
    if (change === 'selection' || change === 'trace' || change === 'find') this.describeSelection();
    this.schedule();
  }

  private describeSelection(): void {
    const { root, item } = this.elements;
    const { model, layout } = this;
    const row = model.selected;
    if (row < 0 || (layout.lane[row] ?? layout.lanes) >= layout.lanes) {
      item.textContent = 'No span selected';
      item.removeAttribute('aria-selected');
      root.removeAttribute('aria-activedescendant');
      return;
    }
    const { place, of } = placeAmongSiblings(model.columns, layout, row);
    let level = 1;
    for (let above = parentOf(model.columns, layout, row); above >= 0; level++)
      above = parentOf(model.columns, layout, above);
    // Another id for each span, so that the change is told.
    item.id = `flame-${row}`;
    item.textContent = flameWords(model, row).join(', ');
    item.setAttribute('aria-selected', 'true');
    item.setAttribute('aria-level', String(level));
    item.setAttribute('aria-posinset', String(place));
    item.setAttribute('aria-setsize', String(of));
    root.setAttribute('aria-activedescendant', item.id);
  }

  private measure(): void {
    this.width = this.elements.scroller.clientWidth;
    this.viewport = Math.max(0, this.elements.scroller.getBoundingClientRect().height - rulerHeight);
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
    elements.spacer.style.height = `${spacerHeight(this.list) + rulerHeight}px`;
    this.applyReveal();
    const width = Math.max(1, this.width);
    const { range, axis } = this.scaleNow;
    if (range !== model.range || axis !== model.axis || this.scaleNow.width !== width)
      this.scaleNow = new TimeScale(model.range, width, model.axis);
    this.canvas.draw({
      layout: this.layout,
      scale: this.scaleNow,
      height: this.viewport + rulerHeight,
      top: this.top,
      hovered: this.hovered,
    });
  }

  private applyReveal(): void {
    const how = this.revealPending;
    const lane = this.model.selected < 0 ? -1 : (this.layout.lane[this.model.selected] ?? -1);
    if (how === undefined || lane < 0 || lane >= this.layout.lanes || this.viewport === 0) return;
    this.revealPending = undefined;
    const { list, top } = this;
    const shown = topThatShows(lane, top, list);
    if (shown === top) return;
    this.elements.scroller.scrollTop = scrollTopFor(
      how === 'centre' ? topThatCentres(lane, list) : shown,
      list,
    );
  }
}
