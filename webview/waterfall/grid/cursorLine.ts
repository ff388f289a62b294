import { formatDuration } from '../../../src/core/time/formatDuration';
import type { WaterfallModel } from '../model/waterfallModel';
import { spanText } from '../../ui/text/spanText';
import { rulerHeight } from './ruler';
import type { WaterfallGrid } from './waterfallGrid';

/** A line under the pointer through all rows, with its time in the ruler, and the event that it points at. Elements of their own: no row is drawn anew. */
export function attachCursorLine(grid: WaterfallGrid, model: WaterfallModel): () => void {
  const { grid: root, canvas, scroller, header } = grid.elements;
  const line = make('cursor-line');
  const label = make('cursor-time');
  root.append(line, label);
  let pointer: { readonly clientX: number; readonly clientY: number } | undefined;

  const show = () => {
    const box = canvas.getBoundingClientRect();
    const x = pointer === undefined ? -1 : pointer.clientX - box.left;
    const seen = x >= 0 && x <= grid.scale.width;
    line.hidden = label.hidden = !seen;
    if (!seen || pointer === undefined) return;
    const { scale } = grid;
    const left = box.left - root.getBoundingClientRect().left;
    // What a pixel is worth decides how many digits are told.
    const time = formatDuration(clampTime(model, scale.time(x)), scale.places(1));
    const event = grid.eventAt(x, pointer.clientY - box.top);
    label.textContent = event === undefined ? time : `${time} · ${spanText(event)}`;
    line.style.transform = `translateX(${left + x}px)`;
    // Beside the pointer, and on the other side of it where there is no room.
    const after = x + 6 + label.offsetWidth <= scale.width;
    label.style.transform = `translate(${left + (after ? x + 4 : x - 4 - label.offsetWidth)}px, ${(rulerHeight - label.offsetHeight) / 2}px)`;
  };
  const move = (event: PointerEvent) => {
    pointer = event;
    show();
  };
  const leave = () => {
    pointer = undefined;
    show();
  };
  for (const element of [scroller, header]) {
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerleave', leave);
  }
  line.hidden = label.hidden = true;
  // The scale is that of the next frame.
  return model.onChange(change => {
    if (change !== 'selection' && pointer !== undefined)
      requestAnimationFrame(() => requestAnimationFrame(show));
  });
}

function clampTime({ columns }: WaterfallModel, time: number): number {
  return Math.min(columns.duration, Math.max(0, time));
}

function make(className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  element.setAttribute('aria-hidden', 'true');
  return element;
}
