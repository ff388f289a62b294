import { isWhole, panRange, zoomRange } from '../model/timeRange';
import type { WaterfallModel } from '../model/waterfallModel';
import type { FlameGraph } from './flameGraph';
import { fitSpan } from './flameTime';

/** A wheel notch of 100 px zooms by this factor. */
const zoomPerNotch = 1.25;
/** A press that moves less than this is a click. */
const dragThreshold = 4;

/** Clicks, hovering, and zooming and panning with the pointer. A double click shows a span from end to end. */
export function attachFlamePointer(graph: FlameGraph, model: WaterfallModel): void {
  const { root, scroller, canvas } = graph.elements;
  const place = (event: MouseEvent) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const rowOf = (event: MouseEvent) => {
    const { x, y } = place(event);
    return graph.rowAt(x, y);
  };
  scroller.addEventListener('pointermove', event => {
    if (event.buttons === 0) graph.hover(rowOf(event), place(event));
  });
  scroller.addEventListener('pointerleave', event => graph.hover(-1, place(event)));
  scroller.addEventListener('click', event => {
    root.focus();
    model.select(rowOf(event));
  });
  scroller.addEventListener('dblclick', event => fitSpan(model, rowOf(event)));
  scroller.addEventListener(
    'wheel',
    event => {
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      const distance = (sideways ? event.deltaX : event.deltaY) * (event.deltaMode === 0 ? 1 : 22);
      const { range, columns } = model;
      if (event.ctrlKey || event.metaKey) {
        const fixed = graph.scale.time(place(event).x);
        model.setRange(zoomRange(range, zoomPerNotch ** (distance / 100), fixed, columns.duration));
      } else if (event.shiftKey || sideways)
        model.setRange(panRange(range, graph.scale.places(distance), columns.duration));
      else return;
      event.preventDefault();
    },
    { passive: false },
  );
  scroller.addEventListener('pointerdown', down => {
    if (down.button !== 0 || isWhole(model.range, model.columns.duration)) return;
    const from = model.range;
    let dragging = false;
    const move = (event: PointerEvent) => {
      const distance = down.clientX - event.clientX;
      if (!dragging && Math.abs(distance) < dragThreshold) return;
      if (!dragging) scroller.setPointerCapture(event.pointerId);
      dragging = true;
      model.setRange(panRange(from, graph.scale.places(distance), model.columns.duration));
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
