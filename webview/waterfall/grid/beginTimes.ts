import type { Theme } from '../../ui/theme';
import type { TimeScale } from '../model/timeScale';
import { drawRuler, rulerHeight } from './ruler';

/**
 * Clears a canvas of times for a new frame of `height` CSS pixels, as wide as the scale, and draws the ruler. What is drawn
 * then stays below the ruler; restore() of the context ends that.
 */
export function beginTimes(
  context: CanvasRenderingContext2D,
  theme: Theme,
  scale: TimeScale,
  height: number,
): void {
  const { width } = scale;
  resize(context, width, height);
  context.clearRect(0, 0, width, height);
  context.textBaseline = 'middle';
  drawRuler(context, theme, scale, height);
  context.save();
  context.beginPath();
  context.rect(0, rulerHeight, width, height - rulerHeight);
  context.clip();
}

function resize(context: CanvasRenderingContext2D, width: number, height: number): void {
  const { canvas } = context;
  const ratio = window.devicePixelRatio;
  const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth;
    canvas.height = pixelHeight;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}
