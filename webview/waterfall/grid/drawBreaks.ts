import { cssColour } from '../../ui/colour';
import type { Theme } from '../../ui/theme';
import type { TimeScale } from '../model/timeScale';
import type { TimeRange } from '../model/timeRange';

/** The height and half the width of one tooth of the torn edges. */
const tooth = 6;
const depth = 3;

/** A squeezed stretch on screen, pixels. */
export interface ShownBreak {
  readonly left: number;
  readonly right: number;
  readonly stretch: TimeRange;
}

/** The squeezed stretches of which a part is in view. */
export function shownBreaks(scale: TimeScale): ShownBreak[] {
  return scale.axis.breaks
    .map(stretch => ({ left: scale.x(stretch.start), right: scale.x(stretch.end), stretch }))
    .filter(({ left, right }) => right > 0 && left < scale.width);
}

/** Tears the picture apart where idle time is squeezed: a strip without anything between two torn edges. */
export function drawBreaks(
  context: CanvasRenderingContext2D,
  theme: Theme,
  scale: TimeScale,
  top: number,
  bottom: number,
): void {
  for (const { left, right } of shownBreaks(scale)) {
    // In a narrow break the edges are drawn closer, so that they do not cross.
    const inset = Math.min(depth, (right - left) / 4);
    const [from, to] = [left + inset, right - inset];
    context.beginPath();
    tornEdge(context, from, inset, top, bottom);
    tornEdge(context, to, inset, bottom, top);
    context.closePath();
    context.fillStyle = cssColour(theme.background);
    context.fill();
    context.strokeStyle = cssColour(theme.description);
    context.lineWidth = 1;
    for (const x of [from, to]) {
      context.beginPath();
      tornEdge(context, x, inset, top, bottom);
      context.stroke();
    }
  }
}

/** Adds a zigzag line about `x` from one height to the other. */
function tornEdge(
  context: CanvasRenderingContext2D,
  x: number,
  inset: number,
  from: number,
  to: number,
): void {
  const [top, bottom] = from < to ? [from, to] : [to, from];
  const heights: number[] = [];
  for (let y = top; y < bottom; y += tooth) heights.push(y);
  heights.push(bottom);
  const points = heights.map((y, i) => ({ x: x + (i % 2 === 0 ? inset : -inset), y }));
  for (const point of from < to ? points : points.reverse()) context.lineTo(point.x, point.y);
}
