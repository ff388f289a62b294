/** More of a statement tells no two apart that anybody would call the same. */
const longest = 16 * 1024;

/**
 * What stays of a query where its values are taken out: two statements of the same shape have the same text. Literals
 * and parameters of every style (`'a'`, `42`, `$1`, `:name`, `@p`, `%s`, `?`) become `?`, a list of them one `?`,
 * comments and repeated white space go, and letters lose their case. Understands enough of SQL's words for that and
 * leaves other languages as they are; linear in the length of the text.
 */
export function normalisedStatement(statement: string): string {
  let shape = '';
  for (const [token] of statement.slice(0, longest).matchAll(tokens)) {
    if (/^(?:\s|--|\/\*)/.test(token)) {
      if (shape !== '' && !shape.endsWith(' ')) shape += ' ';
    } else shape += isValue(token) ? '?' : token.toLowerCase();
  }
  return shape
    .replace(/ ?([(),]) ?/g, '$1')
    .replace(/\?(?:,\?)+/g, '?')
    .replace(/\(\?\)(?:,\(\?\))+/g, '(?)')
    .trim();
}

/** White space and comments, texts, numbers, parameters, quoted and plain words; any other character by itself. */
const tokens =
  /\s+|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|'(?:[^'\\]|''|\\(?:[^]|$))*(?:'|$)|"[^"]*"?|`[^`]*`?|\$\d+|::|[:@]\w+|%\(\w+\)s|%s|\?|\d[\w.]*|[\p{L}_][\p{L}\p{N}_$]*|[^]/gu;

function isValue(token: string): boolean {
  return /^(?:'|\d|\$\d|[:@]\w|%\(|%s|\?)/.test(token);
}
