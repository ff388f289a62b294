import {
  formatDialect,
  mysql,
  postgresql,
  sql,
  sqlite,
  transactsql,
  type DialectOptions,
} from 'sql-formatter';

/** Its parser takes about a millisecond for 50 characters: a longer statement would be felt. */
export const longestFormatted = 4000;

const dialects: Readonly<Record<string, DialectOptions>> = {
  postgresql,
  cockroachdb: postgresql,
  mysql,
  mariadb: mysql,
  sqlite,
  mssql: transactsql,
  'microsoft.sql_server': transactsql,
};

/** Systems whose queries are no SQL. */
const others = /redis|mongo|elastic|opensearch|memcache|dynamo|cosmos|neo4j|couch|geode|influx/i;

/** Parameters as drivers write them, whatever the dialect itself knows. */
const paramTypes = {
  positional: true,
  numbered: ['?' as const, ':' as const, '$' as const],
  named: [':' as const, '@' as const],
  custom: [{ regex: '%s' }, { regex: String.raw`%\(\w+\)s` }],
};

const known = new Map<string, string>();
const mostKnown = 100;

/**
 * The statement with line breaks and indentation; as it came where it is no SQL, too long, or not understood. Only white
 * space is changed.
 */
export function formatSql(statement: string, system: string | undefined): string {
  if (statement.length > longestFormatted || others.test(system ?? '')) return statement;
  const key = `${system ?? ''}\n${statement}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const formatted = tryFormat(statement, dialects[system ?? ''] ?? sql);
  for (const oldest of known.keys()) {
    if (known.size < mostKnown) break;
    known.delete(oldest);
  }
  known.set(key, formatted);
  return formatted;
}

function tryFormat(statement: string, dialect: DialectOptions): string {
  try {
    const formatted = formatDialect(statement, { dialect, paramTypes, tabWidth: 2 });
    return letters(formatted) === letters(statement) ? formatted : statement;
  } catch (error) {
    // What it cannot parse, and what is nested too deep for it (RangeError).
    if (error instanceof Error) return statement;
    throw error;
  }
}

function letters(text: string): string {
  return text.replace(/\s+/g, '');
}
