import type { Theme } from '../../ui/theme';
import { drawBreaks } from '../grid/drawBreaks';
import { TimeScale } from '../model/timeScale';
import { wholeRange } from '../model/timeRange';
import type { WaterfallModel } from '../model/waterfallModel';
import { minimapPixels } from './minimapPixels';

/** Room left and right, so that the handles are whole at either end; CSS pixels. */
export const minimapPadding = 8;

/** The whole trace along the width of the minimap. */
export function minimapScale(
  { columns, axis }: Pick<WaterfallModel, 'columns' | 'axis'>,
  width: number,
  ratio = 1,
): TimeScale {
  return new TimeScale(wholeRange(columns.duration), width * ratio, axis, minimapPadding * ratio);
}

/** Paints the overview of all spans; 30 ms for 100,000 of them, so that it is painted when one of its inputs changes only. */
export function paintMinimap(
  canvas: HTMLCanvasElement,
  model: WaterfallModel,
  theme: Theme,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (!context || canvas.width === 0 || canvas.height === 0) return;
  const { columns } = model;
  const places = Uint8Array.from(columns.strings, service => model.servicePlaceOf(service));
  const chosen = model.colouring?.places;
  const pixels = minimapPixels(columns, minimapScale(model, canvas.width / ratio, ratio), canvas.height, {
    placeOf: row => chosen?.[row] ?? places[columns.service[row] ?? 0] ?? 0,
    colours: theme.services,
    error: theme.error,
    matches: model.matches,
  });
  context.putImageData(new ImageData(pixels, canvas.width, canvas.height), 0, 0);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawBreaks(context, theme, minimapScale(model, width), 0, height);
}
