/** A press that moves less than this is a click, pixels. */
const threshold = 4;

export interface DragActions {
  /** The pointer has moved, far enough to be no click. */
  readonly move: (event: PointerEvent) => void;
  /** The button was let go after such a move; not called where the system took the pointer away. */
  readonly drop?: (event: PointerEvent) => void;
  /** After everything, however it ended. */
  readonly end?: () => void;
}

/** Follows the pointer that was pressed on `element` until it is let go. */
export function followDrag(element: HTMLElement, down: PointerEvent, actions: DragActions): void {
  let dragging = false;
  const control = new AbortController();
  const { signal } = control;
  const end = () => {
    control.abort();
    actions.end?.();
  };
  const move = (event: PointerEvent) => {
    if (!dragging && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < threshold)
      return;
    if (!dragging) element.setPointerCapture(event.pointerId);
    dragging = true;
    actions.move(event);
  };
  const up = (event: PointerEvent) => {
    if (dragging) actions.drop?.(event);
    end();
  };
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', end, { signal });
}
