import { PGlite } from '@electric-sql/pglite';
import { SCHEMA } from './database/schema';
import { servePostgres } from './database/wireServer';
import { portOf } from './shared/config';
import { onStop, reportReady } from './shared/lifecycle';

async function main(): Promise<void> {
  // A real Postgres, in this process and in memory. Smaller buffers than a server's: 270 MB resident instead of 760.
  const db = await PGlite.create({
    postgresqlconf: ['shared_buffers=4MB', 'wal_buffers=64kB'],
    initDbStartParams: ['--wal-segsize=1'],
  });
  await db.exec(SCHEMA);
  const server = await servePostgres(db, portOf('database'));
  onStop(() => server.close());
  reportReady();
}

void main();
