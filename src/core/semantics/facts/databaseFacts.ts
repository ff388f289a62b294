import { isKeyValueList, type AttributeValue } from '../../model/attributes';
import { valueAsText, type AttributeReader, type NamedText } from '../attributeReader';
import { serverAddress } from './serverAddress';

/** What a database call was, as far as its span tells. */
export interface DatabaseFacts {
  /** `postgresql`, `redis`. */
  readonly system: string | undefined;
  readonly namespace: string | undefined;
  /** Table, collection, container. */
  readonly collection: string | undefined;
  readonly operation: string | undefined;
  readonly statement: string | undefined;
  /** In the order in which they came; a positional one is named by its index. */
  readonly parameters: readonly NamedText[];
  readonly returnedRows: number | undefined;
  readonly affectedRows: number | undefined;
  readonly batchSize: number | undefined;
  /** The system's own code. */
  readonly responseStatus: string | undefined;
  readonly server: string | undefined;
  readonly user: string | undefined;
}

/** Attributes that hold a database call's query, by age: the stable one first. */
export const statementKeys = ['db.query.text', 'db.statement'] as const;

/**
 * Semantic conventions for database client calls, stable (1.30) and before, and what instrumentations add: parameters as
 * `db.query.parameter.<name>` or as a list (`db.postgresql.values` of the pg instrumentation).
 */
export function databaseFacts(attributes: AttributeReader): DatabaseFacts {
  return {
    system: attributes.text('db.system.name', 'db.system'),
    namespace: attributes.text(
      'db.namespace',
      'db.name',
      'db.redis.database_index',
      'db.mssql.instance_name',
      'db.instance',
    ),
    collection: attributes.text(
      'db.collection.name',
      'db.sql.table',
      'db.mongodb.collection',
      'db.cassandra.table',
      'db.cosmosdb.container',
      'db.elasticsearch.path_parts.index',
      'aws.dynamodb.table_names',
    ),
    operation: attributes.text('db.operation.name', 'db.operation', 'db.cosmosdb.operation_type'),
    statement: attributes.text(...statementKeys),
    parameters: parameters(attributes),
    returnedRows: attributes.number(
      'db.response.returned_rows',
      'db.returned_rows',
      'db.row_count',
      'db.rows',
    ),
    affectedRows: attributes.number(
      'db.response.affected_rows',
      'db.rows_affected',
      'db.affected_rows',
      'db.sql.rows_affected',
    ),
    batchSize: attributes.number('db.operation.batch.size'),
    responseStatus: attributes.text('db.response.status_code', 'db.cosmosdb.status_code'),
    server: serverAddress(attributes),
    user: attributes.text('db.user'),
  };
}

function parameters(attributes: AttributeReader): readonly NamedText[] {
  const single = attributes.under(
    'db.query.parameter.',
    'db.operation.parameter.',
    'db.statement.parameter.',
  );
  if (single.length > 0) return single;
  const list = attributes.value(
    'db.query.parameters',
    'db.statement.parameters',
    'db.sql.parameters',
    'db.postgresql.values',
    'db.parameters',
  );
  return list === undefined ? [] : parametersOf(list);
}

function parametersOf(list: AttributeValue): readonly NamedText[] {
  if (typeof list === 'string') return parametersOfText(list);
  if (list !== null && typeof list === 'object' && !(list instanceof Uint8Array)) {
    if (isKeyValueList(list))
      return list.entries.map(({ key, value }) => ({ name: key, text: valueAsText(value) }));
    return list.map((value, i) => ({ name: String(i), text: valueAsText(value) }));
  }
  return [{ name: '0', text: valueAsText(list) }];
}

/** A list or an object that was written down as JSON; any other text is one parameter. */
function parametersOfText(text: string): readonly NamedText[] {
  const parsed = /^\s*[[{]/.test(text) ? parsedJson(text) : undefined;
  if (parsed === undefined || parsed === null || typeof parsed !== 'object') return [{ name: '0', text }];
  return Object.entries(parsed).map(([name, value]: [string, unknown]) => ({
    name,
    text: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}
