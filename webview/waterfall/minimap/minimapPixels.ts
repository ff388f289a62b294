import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { StatusCode } from '../../../src/core/model/span';
import type { Colour } from '../../ui/colour';
import type { TimeScale } from '../model/timeScale';

export interface MinimapLook {
  /** Place in `colours` of each row's bar. */
  readonly placeOf: (row: number) => number;
  readonly colours: readonly Colour[];
  readonly error: Colour;
  /** Rows marked 1 match a search: all others are faint then, and never painted over them. */
  readonly matches?: Uint8Array | undefined;
}

/** Device pixels: a line is no thicker than this, and from here on one of them stays empty between two lines. */
const thickest = 8;
const thickEnoughForGaps = 3;
/** Opacity, 0 to 255, of what does not match. */
const faint = 70;
const failed: number = StatusCode.Error;

/**
 * Every span of the trace in `height` device pixels: rows from top to bottom, several to a line where there are more of
 * them than pixels. Of what runs at one pixel of a line most spans decide the colour, but an error is never painted over.
 * RGBA, scale.width * height pixels. Linear in spans + pixels: a span costs two additions however long it is.
 */
export function minimapPixels(
  columns: Pick<TraceColumns, 'count' | 'start' | 'spanDuration' | 'status'>,
  scale: TimeScale,
  height: number,
  look: MinimapLook,
): Uint8ClampedArray<ArrayBuffer> {
  const { width } = scale;
  const pixels = new Uint8ClampedArray(width * height * 4);
  const { count } = columns;
  const lines = Math.min(count, height);
  if (lines === 0) return pixels;
  const used = Math.min(height, lines * thickest);
  const line = new MinimapLine(width, look);
  let row = 0;
  for (let at = 0; at < lines; at++) {
    line.clear();
    for (const end = Math.floor(((at + 1) * count) / lines); row < end; row++) {
      const start = columns.start[row] ?? 0;
      const from = scale.x(start);
      const to = scale.x(start + Math.max(0, columns.spanDuration[row] ?? 0));
      const place = columns.status[row] === failed ? look.colours.length : look.placeOf(row);
      line.add(from, to, place, look.matches?.[row] !== 0);
    }
    const top = Math.floor((at * used) / lines);
    const pitch = Math.floor(((at + 1) * used) / lines) - top;
    line.paint(pixels, top, pitch >= thickEnoughForGaps ? pitch - 1 : pitch);
  }
  return pixels;
}

/** How many spans of each colour begin (+) and end (-) at each pixel of one line. */
class MinimapLine {
  /** Colours, that of errors included; there are as many kinds, and with a search those again for its matches. */
  private readonly shades: number;
  private readonly kinds: number;
  private readonly steps: Int32Array;
  private readonly bytes: readonly (readonly [number, number, number, number])[];

  constructor(
    private readonly width: number,
    { colours, error, matches }: MinimapLook,
  ) {
    const shades = [...colours, error];
    const opacities = matches ? [faint, 255] : [255];
    this.bytes = opacities.flatMap(opacity =>
      shades.map(({ r, g, b }) => [r * 255, g * 255, b * 255, opacity] as const),
    );
    this.shades = shades.length;
    this.kinds = this.bytes.length;
    this.steps = new Int32Array((width + 1) * this.kinds);
  }

  clear(): void {
    this.steps.fill(0);
  }

  /** `stands`: it is not to be faint. */
  add(from: number, to: number, place: number, stands: boolean): void {
    const { steps, kinds, shades, width } = this;
    const kind = stands ? kinds - shades + place : place;
    const first = Math.min(width - 1, Math.max(0, Math.floor(from)));
    const last = Math.min(width, Math.max(first + 1, Math.round(to)));
    const [begin, end] = [first * kinds + kind, last * kinds + kind];
    steps[begin] = (steps[begin] ?? 0) + 1;
    steps[end] = (steps[end] ?? 0) - 1;
  }

  paint(pixels: Uint8ClampedArray, top: number, thickness: number): void {
    const { steps, kinds, shades, width, bytes } = this;
    const running = new Int32Array(kinds);
    for (let x = 0; x < width; x++) {
      let most = -1;
      for (let kind = 0; kind < kinds; kind++) {
        const now = (running[kind] ?? 0) + (steps[x * kinds + kind] ?? 0);
        running[kind] = now;
        if (now <= 0) continue;
        const isError = kind % shades === shades - 1;
        const outranks = isError || most < 0 || (kind >= shades && most < shades);
        if (outranks || now > (running[most] ?? 0)) most = kind;
      }
      const colour = bytes[most];
      if (!colour) continue;
      for (let y = top; y < top + thickness; y++) {
        const at = (y * width + x) * 4;
        pixels[at] = colour[0];
        pixels[at + 1] = colour[1];
        pixels[at + 2] = colour[2];
        pixels[at + 3] = colour[3];
      }
    }
  }
}
