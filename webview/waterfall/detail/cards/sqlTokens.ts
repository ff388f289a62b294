export type SqlTokenKind = 'keyword' | 'text' | 'number' | 'parameter' | 'comment' | 'plain';

export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly text: string;
}

/** Words that shape a statement, in the dialects people use most. */
const keywords = new Set(
  `add all alter analyze and any as asc begin between by cascade case check column commit conflict constraint create cross
  database default delete desc distinct do drop else end escape except exists explain false fetch filter first for foreign from
  full function grant group having if ilike in index inner insert intersect interval into is join key last lateral left like
  limit lock merge natural not nothing null nulls of offset on only or order outer over partition primary recursive references
  replace returning revoke right rollback row rows select set share skip start table temporary then to top transaction trigger
  true truncate union unique update upsert using values view when where window with within`.split(/\s+/),
);

/** White space, comments, texts, parameters of every style, numbers, words, and any other character. */
const parts =
  /\s+|(?<comment>--[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$))|(?<text>'(?:[^'\\]|''|\\(?:[^]|$))*(?:'|$))|"[^"]*"?|`[^`]*`?|::|(?<parameter>\$\d+|[:@]\w+|%\(\w+\)s|%s|\?)|(?<number>\d[\w.]*)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|[^]/gu;

/** The text in pieces that are coloured alike; joined, they are the text. Linear in its length. */
export function sqlTokens(text: string): SqlToken[] {
  const tokens: { kind: SqlTokenKind; text: string }[] = [];
  for (const { 0: part, groups } of text.matchAll(parts)) {
    const kind = kindOf(groups ?? {});
    const last = tokens.at(-1);
    if (kind === 'plain' && last?.kind === 'plain') last.text += part;
    else tokens.push({ kind, text: part });
  }
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): SqlTokenKind {
  const { comment, text, parameter, number, word } = groups;
  if (word !== undefined) return keywords.has(word.toLowerCase()) ? 'keyword' : 'plain';
  if (comment !== undefined) return 'comment';
  if (text !== undefined) return 'text';
  if (parameter !== undefined) return 'parameter';
  return number === undefined ? 'plain' : 'number';
}
