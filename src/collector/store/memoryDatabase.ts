import type { Database } from 'sql.js';
import { databaseHandle, setDatabaseHandle, type SqlModule } from './sqlModule';
import { SqlError } from './sqlError';
import { Statement } from './statement';
import { noteTrap } from './trap';

/** Half of the gain of 64 KiB pages, and a snapshot whose last pages are not mostly empty. */
const pageSize = 16384;

/**
 * A SQLite database in WebAssembly memory. sql.js keeps its own in a file of Emscripten's MEMFS, which is copied
 * whenever it grows: seven times slower. So its handle is closed and one of `:memory:` put in its place; export()
 * goes on working, it copies from whatever the handle is.
 */
export class MemoryDatabase {
  private readonly database: Database;
  private readonly handle: number;
  private readonly statements: Statement[] = [];
  private pages: Statement | undefined;

  /** Throws SqlError where `snapshot` is no SQLite database. */
  constructor(
    private readonly module: SqlModule,
    snapshot?: Uint8Array,
  ) {
    this.database = new module.sqlJs.Database();
    this.handle = openInMemory(module);
    const own = databaseHandle(this.database);
    module.api._sqlite3_close_v2(own);
    setDatabaseHandle(this.database, this.handle);
    try {
      if (snapshot) this.load(snapshot);
      else this.exec(`PRAGMA page_size = ${pageSize}`);
      // What is deleted must not be found in a snapshot: SQLite overwrites it with zeros.
      this.exec('PRAGMA secure_delete = ON');
      this.exec('PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** One or several statements without rows. */
  exec(sql: string): void {
    const code = this.module.withBytes(Buffer.from(sql, 'utf8'), text =>
      this.module.api._sqlite3_exec(this.handle, text, 0, 0, 0),
    );
    if (code !== 0) throw new SqlError(code, this.module.text(this.module.api._sqlite3_errmsg(this.handle)));
  }

  /** Lives until the database is closed. */
  prepare(sql: string): Statement {
    const statement = new Statement(this.module, this.handle, sql);
    this.statements.push(statement);
    return statement;
  }

  /**
   * The database grows to this at most from now on; what would need more fails with SQLITE_FULL, and free pages are used
   * again (pragma.html, max_page_count). Less than it has now is as much as it has.
   */
  limit(bytes: number): void {
    this.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(bytes / pageSize))}`);
  }

  /** Rows changed by the last INSERT, UPDATE or DELETE. */
  changes(): number {
    return this.module.api._sqlite3_changes(this.handle);
  }

  /** Bytes of pages that hold something. WebAssembly memory never shrinks, but pages that were freed are used again. */
  usedBytes(): number {
    this.pages ??= this.prepare(
      'SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
    );
    this.pages.step();
    const bytes = this.pages.number(0);
    this.pages.reset();
    return bytes;
  }

  /** The whole database as a SQLite file. Throws inside a transaction. */
  export(): Uint8Array {
    try {
      return this.database.export();
    } catch (error) {
      throw noteTrap(error);
    }
  }

  close(): void {
    for (const statement of this.statements.splice(0)) statement.free();
    this.database.close();
  }

  private opened(snapshot: Uint8Array): Database {
    try {
      return new this.module.sqlJs.Database(snapshot);
    } catch (error) {
      throw noteTrap(error);
    }
  }

  private load(snapshot: Uint8Array): void {
    const { api } = this.module;
    const file = this.opened(snapshot);
    try {
      this.module.withBytes(Buffer.from('main', 'latin1'), main => {
        const from = databaseHandle(file);
        const backup = api._sqlite3_backup_init(this.handle, main, from, main);
        if (backup === 0) throw new SqlError(1, this.module.text(api._sqlite3_errmsg(this.handle)));
        api._sqlite3_backup_step(backup, -1);
        const code = api._sqlite3_backup_finish(backup);
        if (code !== 0) throw new SqlError(code, this.module.text(api._sqlite3_errmsg(this.handle)));
      });
    } finally {
      file.close();
    }
  }
}

function openInMemory(module: SqlModule): number {
  const out = module.allocate(4);
  try {
    const code = module.withBytes(Buffer.from(':memory:', 'latin1'), name =>
      module.api._sqlite3_open(name, out),
    );
    const handle = module.readPointer(out);
    if (code !== 0) throw new SqlError(code, `SQLite cannot open a database in memory (${code})`);
    return handle;
  } finally {
    module.api._free(out);
  }
}
