import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryDatabase } from '../../../../../src/collector/store/memoryDatabase';
import { loadSqlModule, type SqlModule } from '../../../../../src/collector/store/sqlModule';
import { findWasm } from '../../../../../src/collector/store/wasmPath';

export function testSqlModule(): Promise<SqlModule> {
  return loadSqlModule(findWasm());
}

/** Rows of a query with one column, as text. */
export function column(db: MemoryDatabase, sql: string): string[] {
  const statement = db.prepare(sql);
  const values: string[] = [];
  while (statement.step()) values.push(statement.text(0));
  return values;
}

/** The rows of a dictionary in the snapshot of a data folder. */
export async function readDictionary(
  folder: string,
  table: 'names' | 'services' | 'resources' | 'scopes',
): Promise<string[]> {
  const db = new MemoryDatabase(await testSqlModule(), readFileSync(join(folder, 'index.sqlite')));
  try {
    return column(db, `SELECT ${table === 'names' || table === 'services' ? 'text' : 'id'} FROM ${table}`);
  } finally {
    db.close();
  }
}
