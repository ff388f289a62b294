/**
 * Text from a span, safe to print: control characters could move the cursor, set colours or the window's title (ECMA-48),
 * and bidirectional controls could reorder the line (Unicode Standard Annex 9). They are shown as escapes.
 */
export function terminalText(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const segmenter = new Intl.Segmenter();

/** What a reader sees as single characters (Unicode Standard Annex 29). */
export function characters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** `text` cut to `width` characters, with an ellipsis where something was cut. */
export function fit(text: string, width: number): string {
  if (text.length <= width) return text;
  const all = characters(text);
  return all.length <= width ? text : `${all.slice(0, width - 1).join('')}…`;
}

const sgr = { bold: 1, dim: 2, red: 31, cyan: 36 } as const;

/** `text` in a colour or weight, where colours are wanted (ECMA-48, SGR). */
export function styled(text: string, style: keyof typeof sgr, colour: boolean): string {
  return colour ? `\x1b[${sgr[style]}m${text}\x1b[0m` : text;
}
