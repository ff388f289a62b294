import { formatDuration } from '../../../src/core/time/formatDuration';
import { cssColour } from '../../ui/colour';
import type { Theme } from '../../ui/theme';
import type { TimeScale } from '../model/timeScale';
import { shownBreaks } from './drawBreaks';
import { rulerTicks } from './rulerTicks';

export const rulerHeight = 24;

/** Room that a label keeps to its tick and to the next label. */
const gap = 3;
const labelGap = 8;

/** Draws ticks with their times, grid lines down to `height`, and what each squeezed stretch skips. */
export function drawRuler(
  context: CanvasRenderingContext2D,
  theme: Theme,
  scale: TimeScale,
  height: number,
): void {
  context.font = `${Math.round(theme.fontSize * 0.85)}px ${theme.fontFamily}`;
  const taken = drawSkipped(context, theme, scale);
  const { ticks, labelOf, origin } = rulerTicks(scale);
  if (origin !== undefined) {
    context.fillStyle = cssColour(theme.foreground);
    context.fillText(origin, gap, rulerHeight / 2);
    taken.push([0, gap + context.measureText(origin).width + labelGap]);
  }
  for (const tick of ticks) {
    const x = Math.round(scale.x(tick)) + 0.5;
    context.strokeStyle = cssColour(theme.gridLine);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, rulerHeight - 5);
    context.lineTo(x, height);
    context.stroke();
    const text = labelOf(tick);
    const from = x + gap;
    const to = from + context.measureText(text).width;
    if (from < 0 || to > scale.width || taken.some(([left, right]) => to + labelGap > left && from < right))
      continue;
    taken.push([from, to + labelGap]);
    context.fillStyle = cssColour(theme.description);
    context.fillText(text, from, rulerHeight / 2);
  }
}

/** Over each break, how much time it skips. Answers where these labels lie: from, to. */
function drawSkipped(
  context: CanvasRenderingContext2D,
  theme: Theme,
  scale: TimeScale,
): (readonly [from: number, to: number])[] {
  const taken: (readonly [from: number, to: number])[] = [];
  context.fillStyle = cssColour(theme.foreground);
  for (const { left, right, stretch } of shownBreaks(scale)) {
    const text = `⇥ ${formatDuration(stretch.end - stretch.start)} ⇤`;
    const width = context.measureText(text).width;
    const wanted = Math.min(scale.width - width, Math.max(0, (left + right - width) / 2));
    // Breaks close together push their labels apart, as long as it stays clear which is whose.
    const from = Math.max(wanted, taken.at(-1)?.[1] ?? 0);
    if (from > right || from + width > scale.width) continue;
    taken.push([from, from + width + labelGap]);
    context.fillText(text, from, rulerHeight / 2);
  }
  return taken;
}
