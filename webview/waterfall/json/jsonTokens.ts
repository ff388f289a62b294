export type JsonTokenKind = 'key' | 'string' | 'number' | 'word' | 'plain';

export interface JsonToken {
  readonly kind: JsonTokenKind;
  readonly text: string;
}

/** What one line of pretty-printed JSON consists of; all texts together are the line. */
export function jsonTokens(line: string): JsonToken[] {
  const tokens: JsonToken[] = [];
  const pattern = /("(?:[^"\\]|\\.)*"?)(:?)|(-?\d[\d.eE+-]*)|\b(true|false|null)\b|[^"\d\w-]+|./gs;
  for (const [text, quoted, colon, number, word] of line.matchAll(pattern)) {
    if (quoted !== undefined) {
      tokens.push({ kind: colon === '' ? 'string' : 'key', text: quoted });
      if (colon !== '') tokens.push({ kind: 'plain', text: ':' });
    } else
      tokens.push({ kind: number !== undefined ? 'number' : word !== undefined ? 'word' : 'plain', text });
  }
  return tokens;
}
