/** Longer texts are shown as they are: nobody reads 256 KiB of JSON in a side pane. */
const longestPretty = 256 * 1024;

/**
 * `text` with line breaks and indentation where it is a JSON object or array, else undefined. Only white space is
 * changed, so that long numbers and repeated keys stay as they were sent.
 */
export function prettyJson(text: string): string | undefined {
  if (text.length > longestPretty || !/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
  const parts: string[] = [];
  let depth = 0;
  let previous = '';
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/gs)) {
    const opened = previous === '[' || previous === '{';
    const closes = token === ']' || token === '}';
    if (closes) depth--;
    if (closes ? !opened : opened || previous === ',') parts.push(newLine(depth));
    parts.push(token === ':' ? ': ' : token);
    if (token === '[' || token === '{') depth++;
    previous = token;
  }
  return parts.join('');
}

function newLine(depth: number): string {
  // A hostile text may be nested 100,000 deep: the indentation must not make it quadratic.
  return `\n${'  '.repeat(Math.min(depth, 40))}`;
}
