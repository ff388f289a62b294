import { attachBrush } from '../grid/brush';
import { followDrag } from '../grid/followDrag';
import { wheelPixels } from '../grid/wheelPixels';
import { pixelsPerStep } from '../grid/timePointer';
import { isWhole, panRange } from '../model/timeRange';
import type { WaterfallModel } from '../model/waterfallModel';
import { minimapScale } from './minimapCanvas';
import { moveRangeEnd } from './moveRangeEnd';

/**
 * The pointer on the minimap: a drag across shows what it marks, handles and grip move the view's ends and the view, a
 * click brings the view there, the wheel zooms about the pointer (with Shift: pans). Returns the function that ends it.
 */
export function attachMinimapPointer(element: HTMLElement, model: WaterfallModel): () => void {
  const control = new AbortController();
  const { signal } = control;
  const xOf = (event: MouseEvent) => event.clientX - element.getBoundingClientRect().left;
  const scale = () => minimapScale(model, element.clientWidth);
  const timeAt = (event: MouseEvent) => scale().time(xOf(event));

  const brush = attachBrush(element, {
    time: x => scale().time(x),
    chosen: range => model.setRange(range),
    whole: () => model.time.fitTrace(),
    clicked: x => centre(model, scale().time(x)),
    begins: down => partOf(down) === undefined,
  });
  signal.addEventListener('abort', brush);

  element.addEventListener(
    'pointerdown',
    down => {
      const part = partOf(down);
      if (down.button !== 0 || part === undefined) return;
      const { range, columns } = model;
      const placesPerPixel = scale().places(1);
      followDrag(element, down, {
        move: event => {
          if (part === 'grip') model.time.panFrom(range, (event.clientX - down.clientX) * placesPerPixel);
          else model.setRange(moveRangeEnd(range, part, timeAt(event), columns.duration));
        },
      });
      // The keyboard goes on where the pointer has begun.
      if (part !== 'grip' && down.target instanceof HTMLElement) down.target.focus();
    },
    { signal },
  );
  element.addEventListener(
    'wheel',
    event => {
      event.preventDefault();
      const distance = wheelPixels(event);
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        model.time.panFrom(model.range, scale().places(distance));
      else model.time.zoom(distance / pixelsPerStep, { x: xOf(event), time: timeAt(event) });
    },
    { passive: false, signal },
  );
  return () => control.abort();
}

/** What of the minimap was pressed, where it is not the picture. */
function partOf(event: Event): 'start' | 'end' | 'grip' | undefined {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return undefined;
  if (target.classList.contains('minimap-grip')) return 'grip';
  const end = target.dataset['end'];
  return end === 'start' || end === 'end' ? end : undefined;
}

/** Brings a time to the middle of the view, where only a part of the trace is in it. */
function centre(model: WaterfallModel, time: number): void {
  const { axis, range, columns } = model;
  if (isWhole(range, columns.duration)) return;
  const { start, end } = axis.placesOf(range);
  model.setRange(axis.timesOf(panRange({ start, end }, axis.place(time) - (start + end) / 2, axis.length)));
}
