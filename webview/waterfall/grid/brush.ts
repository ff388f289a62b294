import type { TimeRange } from '../model/timeRange';
import { followDrag } from './followDrag';

export interface BrushActions {
  /** The time at so many pixels from the element's left edge. */
  readonly time: (x: number) => number;
  readonly chosen: (range: TimeRange) => void;
  /** A double click: show everything. */
  readonly whole: () => void;
  /** A press that was no drag, at so many pixels. */
  readonly clicked?: (x: number) => void;
  /** False where a press is about something else that lies in the element. */
  readonly begins?: (down: PointerEvent) => boolean;
}

/**
 * Drags across `element` choose a stretch of time; what they have marked so far is shown in it.
 * Returns the function that ends it.
 */
export function attachBrush(
  element: HTMLElement,
  { time, chosen, whole, clicked, begins }: BrushActions,
): () => void {
  const control = new AbortController();
  const { signal } = control;
  const mark = document.createElement('div');
  mark.className = 'brush';
  mark.hidden = true;
  element.append(mark);

  const press = (down: PointerEvent) => {
    if (down.button !== 0 || begins?.(down) === false) return;
    const box = element.getBoundingClientRect();
    const within = (event: MouseEvent) => Math.min(box.width, Math.max(0, event.clientX - box.left));
    const ends = (event: MouseEvent) => [within(down), within(event)].sort((a, b) => a - b);
    let dragged = false;
    followDrag(element, down, {
      move: event => {
        dragged = true;
        const [from = 0, to = 0] = ends(event);
        mark.hidden = false;
        mark.style.left = `${from}px`;
        mark.style.width = `${to - from}px`;
      },
      drop: event => {
        const [from = 0, to = 0] = ends(event);
        if (to > from) chosen({ start: time(from), end: time(to) });
      },
      end: () => {
        mark.hidden = true;
        if (!dragged) clicked?.(within(down));
      },
    });
  };
  element.addEventListener('pointerdown', press, { signal });
  element.addEventListener('dblclick', whole, { signal });
  return () => {
    control.abort();
    mark.remove();
  };
}
