import { formatDuration } from '../../../src/core/time/formatDuration';
import { niceTicks } from '../../../src/core/time/niceTicks';
import { cssColour } from '../../ui/colour';
import type { Theme } from '../../ui/theme';
import type { TimeScale } from '../model/timeScale';

export const rulerHeight = 24;

/** Room for one label of the ruler: `1.234567 s` and some air. */
const pixelsPerTick = 70;

/** Draws ticks with their times, and grid lines down to `height`. */
export function drawRuler(
  context: CanvasRenderingContext2D,
  theme: Theme,
  scale: TimeScale,
  height: number,
): void {
  const { range, width } = scale;
  const ticks = niceTicks(range.start, range.end, Math.max(2, Math.floor(width / pixelsPerTick)));
  const step = (ticks[1] ?? 0) - (ticks[0] ?? 0) || 1;
  context.font = `${Math.round(theme.fontSize * 0.85)}px ${theme.fontFamily}`;
  for (const tick of ticks) {
    const x = Math.round(scale.x(tick)) + 0.5;
    context.strokeStyle = cssColour(theme.gridLine);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, rulerHeight - 5);
    context.lineTo(x, height);
    context.stroke();
    const text = tick === 0 ? '0' : formatDuration(tick, step);
    const textWidth = context.measureText(text).width;
    if (x + 3 + textWidth > width) continue;
    context.fillStyle = cssColour(theme.description);
    context.fillText(text, x + 3, rulerHeight / 2);
  }
}
