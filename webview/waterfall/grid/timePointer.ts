import { isWhole } from '../model/timeRange';
import type { WaterfallModel } from '../model/waterfallModel';
import { attachBrush } from './brush';
import { followDrag } from './followDrag';
import type { WaterfallGrid } from './waterfallGrid';
import { wheelPixels } from './wheelPixels';

/** A wheel notch of 100 px is one step of zooming. */
export const pixelsPerStep = 100;
const primary = 0;
const middle = 1;

/**
 * The pointer over the time column: the wheel zooms (with Ctrl or Command) and pans (with Shift, or sideways), a drag
 * pans, a drag on the ruler shows the stretch it marks, a double click there the whole trace.
 */
export function attachTimePointer(grid: WaterfallGrid, model: WaterfallModel): void {
  const { scroller, canvas, header, ruler } = grid.elements;
  const timeX = (event: MouseEvent) => event.clientX - canvas.getBoundingClientRect().left;

  const wheel = (event: WheelEvent) => {
    const distance = wheelPixels(event);
    const x = Math.max(0, timeX(event));
    if (event.ctrlKey || event.metaKey)
      model.time.zoom(distance / pixelsPerStep, { x, time: grid.scale.time(x) });
    else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      model.time.panFrom(model.range, grid.scale.places(distance));
    else return;
    event.preventDefault();
  };
  scroller.addEventListener('wheel', wheel, { passive: false });
  header.addEventListener('wheel', wheel, { passive: false });

  scroller.addEventListener('pointerdown', down => {
    if (down.button !== primary && down.button !== middle) return;
    if (timeX(down) < 0 || isWhole(model.range, model.columns.duration)) return;
    // The middle button would else start to scroll by itself.
    if (down.button === middle) down.preventDefault();
    const { range } = model;
    const { scale } = grid;
    followDrag(scroller, down, {
      move: event => model.time.panFrom(range, scale.places(down.clientX - event.clientX)),
    });
  });

  attachBrush(ruler, {
    time: x => grid.scale.time(x),
    chosen: range => model.setRange(range),
    whole: () => model.time.fitTrace(),
  });
}
