import { context, createContextKey, type Attributes } from '@opentelemetry/api';
import type { PgInstrumentationExecutionResponseHook } from '@opentelemetry/instrumentation-pg';

/** A table, and the columns by which its rows are known. */
export interface Table {
  name: string;
  key: string[];
}

/** Under this key the context of a `recordedWrite` holds the table it changes. */
export const RECORDED_WRITE = createContextKey('shop.recorded-write');

interface WrittenRow {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Adds what the instrumentation leaves out: how many rows came back, and for a recorded write what it changed. */
export const describeResult: PgInstrumentationExecutionResponseHook = (span, { data }) => {
  if (data.rowCount === null) return;
  if (data.command === 'SELECT') {
    span.setAttribute('db.response.returned_rows', data.rowCount);
    return;
  }
  span.setAttribute('db.response.affected_rows', data.rowCount);
  const table = context.active().getValue(RECORDED_WRITE) as Table | undefined;
  if (table === undefined) return;
  const mutations = (data.rows as WrittenRow[]).map(row => mutation(table, row));
  const [only] = mutations;
  if (only !== undefined && mutations.length === 1) span.setAttributes(only);
  else for (const attributes of mutations) span.addEvent('db.mutation', attributes);
};

function mutation(table: Table, { before, after }: WrittenRow): Attributes {
  const row = after ?? before ?? {};
  return {
    'db.mutation.table': table.name,
    'db.mutation.key': table.key.map(column => String(row[column])).join('/'),
    'db.mutation.before': JSON.stringify(before),
    'db.mutation.after': JSON.stringify(after),
  };
}
