import { LineKind } from '../model/lines/lineKind';
import { isWhole, panRange, zoomRange } from '../model/timeRange';
import type { WaterfallModel } from '../model/waterfallModel';
import type { WaterfallGrid } from './waterfallGrid';

/** A wheel notch of 100 px zooms by this factor. */
const zoomPerNotch = 1.25;
/** A press that moves less than this is a click. */
const dragThreshold = 4;
const pixelsPerLine = 22;

/** Clicks on rows, and zooming and panning of the time column. */
export function attachPointer(grid: WaterfallGrid, model: WaterfallModel, opened: () => void): void {
  const { scroller, rows, canvas, header } = grid.elements;
  const timeX = (event: MouseEvent) => event.clientX - canvas.getBoundingClientRect().left;

  rows.addEventListener('click', event => {
    const line = lineOf(event.target);
    if (line < 0) return;
    const twistie = event.target instanceof HTMLElement && event.target.classList.contains('twistie');
    model.selectLine(line);
    if (twistie && model.isExpandable(line)) {
      const expand = !model.isExpanded(line);
      if (event.altKey && model.selectedLineKind === LineKind.Span)
        model.setFoldedDeep(model.selected, !expand);
      else model.setExpanded(line, expand);
    }
    grid.focus();
  });
  rows.addEventListener('dblclick', event => {
    const twistie = event.target instanceof HTMLElement && event.target.classList.contains('twistie');
    if (lineOf(event.target) >= 0 && !twistie) opened();
  });

  const wheel = (event: WheelEvent) => {
    const { range, columns } = model;
    const distance = wheelPixels(event);
    if (event.ctrlKey || event.metaKey) {
      const fixed = grid.scale.time(Math.max(0, timeX(event)));
      model.setRange(zoomRange(range, zoomPerNotch ** (distance / 100), fixed, columns.duration));
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      model.setRange(panRange(range, grid.scale.nanoseconds(distance), columns.duration));
    } else return;
    event.preventDefault();
  };
  scroller.addEventListener('wheel', wheel, { passive: false });
  header.addEventListener('wheel', wheel, { passive: false });

  scroller.addEventListener('pointerdown', down => {
    if (down.button !== 0 || timeX(down) < 0 || isWhole(model.range, model.columns.duration)) return;
    const from = model.range;
    let dragging = false;
    const move = (event: PointerEvent) => {
      const distance = down.clientX - event.clientX;
      if (!dragging && Math.abs(distance) < dragThreshold) return;
      if (!dragging) scroller.setPointerCapture(event.pointerId);
      dragging = true;
      model.setRange(panRange(from, grid.scale.nanoseconds(distance), model.columns.duration));
    };
    const end = () => {
      scroller.removeEventListener('pointermove', move);
      scroller.removeEventListener('pointerup', end);
      scroller.removeEventListener('pointercancel', end);
    };
    scroller.addEventListener('pointermove', move);
    scroller.addEventListener('pointerup', end);
    scroller.addEventListener('pointercancel', end);
  });
}

function lineOf(target: EventTarget | null): number {
  const element = target instanceof Element ? target.closest('.row') : null;
  return element instanceof HTMLElement ? Number(element.dataset['line']) : -1;
}

/** Shift makes some systems scroll sideways: what counts is the larger of the two. */
function wheelPixels(event: WheelEvent): number {
  const delta = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
  return event.deltaMode === WheelEvent.DOM_DELTA_LINE ? delta * pixelsPerLine : delta;
}
