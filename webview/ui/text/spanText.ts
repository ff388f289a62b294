/** More than this is never laid out in one line; where it matters, the detail pane shows all of it. */
const longestLabel = 300;

/** A name as one line; one that is empty or white space is said to be so. */
export function spanText(text: string): string {
  return /\S/.test(text.slice(0, longestLabel)) ? lineText(text) : '(no name)';
}

/**
 * Text of a program as one line. Control characters and the invisible ones that reorder or hide text (Unicode
 * bidirectional formatting, zero-width marks; see Unicode Technical Report 36, section 2.4) become visible, so that a
 * name cannot pose as another one.
 */
export function lineText(text: string): string {
  const cut = text.length > longestLabel ? `${text.slice(0, longestLabel)}…` : text;
  return visibleText(cut).replace(/[\r\n\t]/g, control => controlPicture(control.charCodeAt(0)));
}

/** The same for text of several lines: line breaks and tabs stay. */
export function visibleText(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, control =>
      controlPicture(control.charCodeAt(0)),
    )
    .replace(
      /[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g,
      mark => `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    );
}

/** Unicode block Control Pictures. */
function controlPicture(code: number): string {
  return code === 0x7f ? '␡' : String.fromCharCode(0x2400 + code);
}
