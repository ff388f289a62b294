import type { FieldExpression } from './condition';
import { parseCondition } from './parseCondition';

/** What somebody who types into a find box looks for. */
export type Wanted =
  | { readonly type: 'nothing' }
  /** Spans that hold this text, in any case. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'condition'; readonly condition: FieldExpression }
  /** A condition that is not understood: why, one sentence, and the column from 1. */
  | { readonly type: 'invalid'; readonly message: string; readonly column: number };

/** Brackets and negations, then a field's name, then what compares. */
const looksLikeCondition = /^[\s({!]*(?:[\w.:/-]+|(?:span|resource)?\.?"[^"]*")\s*(?:=|!=|!~|<|>)/;

/**
 * Tells a condition from a text: a condition is in braces, or begins with a field and a comparison. In quotes
 * everything is a text.
 */
export function readFind(text: string): Wanted {
  const trimmed = text.trim();
  if (trimmed === '') return { type: 'nothing' };
  const quoted = /^"([^"]+)"$/.exec(trimmed)?.[1];
  if (quoted !== undefined) return { type: 'text', text: quoted };
  if (!trimmed.startsWith('{') && !looksLikeCondition.test(trimmed)) return { type: 'text', text: trimmed };
  const parsed = parseCondition(text);
  if (parsed.ok) return { type: 'condition', condition: parsed.condition };
  return { type: 'invalid', message: parsed.message, column: parsed.column };
}
