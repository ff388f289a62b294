/** More of a statement tells no two apart that anybody would call the same. */
const longest = 16 * 1024;

/**
 * What stays of a query where its values are taken out: two statements of the same shape have the same text. Literals
 * and parameters of every style (`'a'`, `42`, `$1`, `:name`, `@p`, `%s`, `?`) become `?`, a list of them one `?`,
 * comments and repeated white space go, and letters lose their case. Understands enough of SQL's words for that and
 * leaves other languages as they are; linear in the length of the text.
 */
export function normalisedStatement(statement: string): string {
  return withoutValues(statement, word => word.toLowerCase())
    .replace(/ ?([(),]) ?/g, '$1')
    .replace(/\?(?:,\?)+/g, '?')
    .replace(/\(\?\)(?:,\(\?\))+/g, '(?)')
    .trim();
}

/**
 * The same for people: on one line, with the case of its letters and without the plain columns of a SELECT:
 * `SELECT orders WHERE id = ?`.
 */
export function statementTitle(statement: string): string {
  return withoutValues(statement, word => word)
    .replace(/ ?, ?/g, ', ')
    .replace(/\( /g, '(')
    .replace(/ \)/g, ')')
    .replace(/\?(?:, \?)+/g, '?')
    .replace(/\(\?\)(?:, \(\?\))+/g, '(?)')
    .replace(/^ ?(SELECT) (?:(?! FROM )[^()?])* FROM /i, '$1 ')
    .trim();
}

/** With `?` for its values, and single spaces. */
function withoutValues(statement: string, word: (token: string) => string): string {
  let text = '';
  for (const [token] of statement.slice(0, longest).matchAll(tokens)) {
    if (/^(?:\s|--|\/\*)/.test(token)) {
      if (text !== '' && !text.endsWith(' ')) text += ' ';
    } else text += isValue(token) ? '?' : word(token);
  }
  return text;
}

/** White space and comments, texts, numbers, parameters, quoted and plain words; any other character by itself. */
const tokens =
  /\s+|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$)|'(?:[^'\\]|''|\\(?:[^]|$))*(?:'|$)|"[^"]*"?|`[^`]*`?|\$\d+|::|[:@]\w+|%\(\w+\)s|%s|\?|\d[\w.]*|[\p{L}_][\p{L}\p{N}_$]*|[^]/gu;

function isValue(token: string): boolean {
  return /^(?:'|\d|\$\d|[:@]\w|%\(|%s|\?)/.test(token);
}
