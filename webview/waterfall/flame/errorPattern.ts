import { cssColour } from '../../ui/colour';
import type { Theme } from '../../ui/theme';

const side = 6;

/** Diagonal lines in the error colour, which tell an error by more than its colour. */
export function errorPattern(context: CanvasRenderingContext2D, theme: Theme): CanvasPattern | undefined {
  const tile = document.createElement('canvas');
  tile.width = side;
  tile.height = side;
  const drawing = tile.getContext('2d');
  if (!drawing) return undefined;
  drawing.strokeStyle = cssColour(theme.error);
  drawing.globalAlpha = 0.75;
  drawing.lineWidth = 1.25;
  drawing.beginPath();
  // The corners as well, so that the lines go on from tile to tile.
  for (const shift of [-side, 0, side]) {
    drawing.moveTo(shift - 1, side + 1);
    drawing.lineTo(shift + side + 1, -1);
  }
  drawing.stroke();
  return context.createPattern(tile, 'repeat') ?? undefined;
}
