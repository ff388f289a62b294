import { AttributeReader } from '../../core/semantics/attributeReader';
import { statementKeys } from '../../core/semantics/facts/databaseFacts';
import { normalisedStatement } from '../../core/semantics/normalisedStatement';
import { decodeSpan } from '../../otlp/decodeSpan';
import type { Journal } from '../journal/journal';
import { JournalError } from '../journal/journalError';
import type { Location } from '../journal/location';

/** The shape of the statement that the span at a place has run; undefined where it has none, or cannot be read any more. */
export function statementShape(journal: Journal, at: Location): string | undefined {
  try {
    const statement = new AttributeReader(decodeSpan(journal.readSync(at)).attributes).text(...statementKeys);
    return statement === undefined ? undefined : normalisedStatement(statement);
  } catch (error) {
    // Retention took it meanwhile.
    if (error instanceof JournalError && error.reason === 'unreadable') return undefined;
    throw error;
  }
}
