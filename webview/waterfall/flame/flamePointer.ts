import { followDrag } from '../grid/followDrag';
import { pixelsPerStep } from '../grid/timePointer';
import { wheelPixels } from '../grid/wheelPixels';
import { isWhole } from '../model/timeRange';
import type { WaterfallModel } from '../model/waterfallModel';
import type { FlameGraph } from './flameGraph';

const primary = 0;

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
  scroller.addEventListener('dblclick', event => {
    const row = rowOf(event);
    if (row < 0) return;
    model.select(row);
    model.time.fitSelection();
  });
  scroller.addEventListener(
    'wheel',
    event => {
      const distance = wheelPixels(event);
      const x = Math.max(0, place(event).x);
      if (event.ctrlKey || event.metaKey)
        model.time.zoom(distance / pixelsPerStep, { x, time: graph.scale.time(x) });
      else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        model.time.panFrom(model.range, graph.scale.places(distance));
      else return;
      event.preventDefault();
    },
    { passive: false },
  );
  scroller.addEventListener('pointerdown', down => {
    if (down.button !== primary || isWhole(model.range, model.columns.duration)) return;
    const { range } = model;
    const { scale } = graph;
    followDrag(scroller, down, {
      move: event => model.time.panFrom(range, scale.places(down.clientX - event.clientX)),
    });
  });
}
