import { context } from '@opentelemetry/api';
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { RECORDED_WRITE, type Table } from '../telemetry/pgHooks';
import { portOf } from './config';
import { onStop } from './lifecycle';

export const pool = new Pool({
  host: '127.0.0.1',
  port: portOf('database'),
  user: 'postgres',
  database: 'shop',
  max: 4,
});

// An idle connection fails when the database stops first; the next query says so itself.
pool.on('error', () => undefined);
onStop(() => pool.end());

/** Runs `work` in a transaction. It must not wait for other services: the database gives one transaction at a time its turn. */
export async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/**
 * Runs an INSERT, UPDATE or DELETE so that its span also says what changed: the rows before and after, read by the
 * statement itself (Postgres 18 returns both). Answers the rows as they are afterwards.
 */
export async function recordedWrite<Row extends QueryResultRow>(
  db: Pool | PoolClient,
  table: Table,
  sql: string,
  values: unknown[],
): Promise<Row[]> {
  const text = `${sql} RETURNING to_json(old) AS before, to_json(new) AS after`;
  // The hook that completes the span sees the statement's result only; the table and its key reach it by the context.
  const scope = context.active().setValue(RECORDED_WRITE, table);
  const result = await context.with(scope, () => db.query<{ after: Row }>(text, values));
  return result.rows.map(row => row.after);
}
