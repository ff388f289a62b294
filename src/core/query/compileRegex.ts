/**
 * A regular expression of a condition: it must match the whole text, as in TraceQL ("All regular expressions are treated
 * as fully anchored"). Written as in Go, of which `(?i)` in front is taken over.
 */
export function compileRegex(source: string): RegExp | { readonly message: string } {
  const flags = /^\(\?([ims]+)\)/.exec(source);
  const body = flags ? source.slice(flags[0].length) : source;
  try {
    return new RegExp(`^(?:${body})$`, `${[...new Set(flags?.[1])].join('')}u`);
  } catch (error) {
    const why = error instanceof SyntaxError ? (error.message.split(': ').at(-1) ?? '') : String(error);
    return { message: `This is no regular expression: ${why.toLowerCase()}.` };
  }
}
