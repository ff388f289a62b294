/**
 * The URL in the last sourceMappingURL comment of generated code, as a line comment with "#" or "@" or as a block comment
 * (ECMA-426, section "Linking generated code to source maps"), undefined where there is none.
 */
export function sourceMapComment(code: string): string | undefined {
  const key = 'sourceMappingURL=';
  for (let at = code.lastIndexOf(key); at >= 3; at = code.lastIndexOf(key, at - 1)) {
    const before = code.slice(at - 4, at);
    if (!/\/[/*][#@][ \t]$/.test(before)) continue;
    const start = at + key.length;
    let end = start;
    while (end < code.length && !isEnd(code.charCodeAt(end))) end++;
    const url = code.slice(start, end);
    return url === '' ? undefined : url;
  }
  return undefined;
}

function isEnd(code: number): boolean {
  // White space, quotes and the "*" of a closing comment.
  return code <= 32 || code === 34 || code === 39 || code === 42;
}
