const pixelsPerLine = 22;

/** How far a wheel was turned, pixels. Shift makes some systems scroll sideways: what counts is the larger of the two. */
export function wheelPixels(event: WheelEvent): number {
  const delta = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
  return event.deltaMode === WheelEvent.DOM_DELTA_LINE ? delta * pixelsPerLine : delta;
}
