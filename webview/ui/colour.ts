/** Red, green, blue and alpha, each from 0 to 1, in sRGB. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

/**
 * A colour as getComputedStyle() gives it: `rgb(1, 2, 3)`, `rgba(…)` or `color(srgb …)` (CSS Color 4, section 15,
 * "Serializing <color> Values"), or the hexadecimal that themes are written in.
 */
export function parseColour(text: string): Colour | undefined {
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text.trim())?.[1];
  if (hex !== undefined) return parseHex(hex);
  const found = /^(rgba?|color)\((?:srgb )?([^)]*)\)$/.exec(text.trim());
  if (!found) return undefined;
  const parts = (found[2] ?? '').split(/[\s,/]+/).filter(part => part !== '');
  const [r, g, b, a = 1] = parts.map(part =>
    part.endsWith('%') ? Number.parseFloat(part) / 100 : Number(part),
  );
  if (r === undefined || g === undefined || b === undefined || ![r, g, b, a].every(Number.isFinite))
    return undefined;
  const scale = found[1] === 'color' ? 1 : 255;
  return { r: r / scale, g: g / scale, b: b / scale, a };
}

function parseHex(hex: string): Colour {
  const wide = hex.length < 6 ? hex.replace(/./g, '$&$&') : hex;
  const at = (i: number) => Number.parseInt(wide.slice(i, i + 2), 16) / 255;
  return { r: at(0), g: at(2), b: at(4), a: wide.length === 8 ? at(6) : 1 };
}

/** Relative luminance, 0 black to 1 white (WCAG 2.2, definition of relative luminance). */
export function luminance({ r, g, b }: Colour): number {
  const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast ratio, 1 to 21 (WCAG 2.2, definition of contrast ratio). */
export function contrast(a: Colour, b: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

/** `top` at `share` (0 to 1) over `bottom`, opaque. */
export function blend(bottom: Colour, top: Colour, share: number): Colour {
  const mix = (from: number, to: number) => from + (to - from) * share;
  return { r: mix(bottom.r, top.r), g: mix(bottom.g, top.g), b: mix(bottom.b, top.b), a: 1 };
}

export function cssColour({ r, g, b, a }: Colour): string {
  const byte = (c: number) => Math.round(c * 255);
  return `rgba(${byte(r)}, ${byte(g)}, ${byte(b)}, ${a})`;
}
