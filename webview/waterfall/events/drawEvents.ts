import { cssColour } from '../../ui/colour';
import type { Theme } from '../../ui/theme';
import type { TimeScale } from '../model/timeScale';
import type { WaterfallModel } from '../model/waterfallModel';
import type { EventMark } from './eventMarks';

/** Half the size of a mark, pixels. */
const size = 4;

/** A mark as drawn; pixels of the canvas. */
export interface DrawnMark {
  readonly x: number;
  readonly y: number;
  readonly name: string;
}

/**
 * Marks the events of a row at the height `middle`: a diamond each, an exception a cross in the error's colour. Those of
 * one pixel are one mark, an exception before all others. Answers what was drawn.
 */
export function drawEvents(
  context: CanvasRenderingContext2D,
  theme: Theme,
  scale: TimeScale,
  { columns }: Pick<WaterfallModel, 'columns'>,
  row: number,
  events: readonly EventMark[],
  middle: number,
): DrawnMark[] {
  const byPixel = new Map<number, EventMark>();
  for (const event of events) {
    const time = Number(event.time - columns.base) + (columns.skew[row] ?? 0);
    const x = Math.round(scale.x(time));
    if (x < -size || x > scale.width + size) continue;
    if (event.exception || !byPixel.has(x)) byPixel.set(x, event);
  }
  const marks = [...byPixel].sort(([, a], [, b]) => Number(a.exception) - Number(b.exception));
  for (const [x, { exception }] of marks)
    if (exception) cross(context, theme, x, middle);
    else diamond(context, theme, x, middle);
  return marks.map(([x, { name }]) => ({ x, y: middle, name }));
}

function diamond(context: CanvasRenderingContext2D, theme: Theme, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.closePath();
  context.fillStyle = cssColour(theme.foreground);
  context.strokeStyle = cssColour(theme.background);
  context.lineWidth = 2;
  context.stroke();
  context.fill();
}

/** A cross on a disc of the background, so that it is seen on a bar of any colour. */
function cross(context: CanvasRenderingContext2D, theme: Theme, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, size + 2, 0, 2 * Math.PI);
  context.fillStyle = cssColour(theme.background);
  context.fill();
  context.strokeStyle = cssColour(theme.error);
  context.lineWidth = 1;
  context.stroke();
  context.beginPath();
  context.moveTo(x - 3, y - 3);
  context.lineTo(x + 3, y + 3);
  context.moveTo(x + 3, y - 3);
  context.lineTo(x - 3, y + 3);
  context.lineWidth = 2;
  context.stroke();
}
