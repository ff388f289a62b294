/** Where V8 says that a call is. */
export interface V8Location {
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

const nowhere: V8Location = { file: undefined, line: undefined, column: undefined };

/**
 * Reads what V8 prints between the parentheses of a frame (JSStackFrame's location: "native", "<anonymous>",
 * "eval at …", or file:line:column), undefined where it is none of these. A frame inside eval is where eval was
 * called, because that place is in a file.
 */
export function parseV8Location(text: string): V8Location | undefined {
  if (text === 'native' || text === '<anonymous>' || text === 'unknown location' || text === '[native code]')
    return nowhere;
  if (text.startsWith('index ')) return isDigits(text, 6) ? nowhere : undefined;
  if (text.startsWith('eval at ')) return evalOrigin(text);
  if (text.startsWith('wasm://')) return { file: text, line: undefined, column: undefined };
  return parsePosition(text);
}

/** `file:line:column` or `file:line`. */
export function parsePosition(text: string): V8Location | undefined {
  const last = trailingNumber(text, text.length);
  if (last === undefined) return undefined;
  const before = trailingNumber(text, last.colon);
  const end = before === undefined ? last.colon : before.colon;
  if (end === 0) return undefined;
  const file = text.slice(0, end);
  return before === undefined
    ? { file, line: last.value, column: undefined }
    : { file, line: before.value, column: last.value };
}

/** `eval at f (eval at g (file:1:2), <anonymous>:3:4), <anonymous>:5:6`: the innermost pair of parentheses. */
function evalOrigin(text: string): V8Location {
  const start = text.lastIndexOf('eval at ');
  const open = text.indexOf(' (', start);
  if (open < 0) return nowhere;
  let depth = 0;
  for (let i = open + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 40) depth++;
    else if (code === 41 && --depth === 0) return parsePosition(text.slice(open + 2, i)) ?? nowhere;
  }
  return nowhere;
}

/** The number that ends at `end` with a colon before it. Lines and columns fit into 31 bits. */
function trailingNumber(text: string, end: number): { value: number; colon: number } | undefined {
  let start = end;
  while (start > 0 && end - start <= 10 && isDigit(text.charCodeAt(start - 1))) start--;
  if (start === end || end - start > 10 || text.charCodeAt(start - 1) !== 58) return undefined;
  const value = Number(text.slice(start, end));
  return value < 2 ** 31 ? { value, colon: start - 1 } : undefined;
}

function isDigits(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return text.length > from;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
