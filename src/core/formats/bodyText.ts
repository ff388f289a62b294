import type { AnyValue } from './otlpJsonTypes';
import { plainValue } from './plainValue';

/** The body of a log record as text: one that is text as it is, a structured one as JSON, '' where there is none. */
export function bodyText(body: AnyValue): string {
  const plain = plainValue(body);
  if (plain === null) return '';
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}
