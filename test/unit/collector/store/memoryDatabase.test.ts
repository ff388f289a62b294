import assert from 'node:assert/strict';
import { MemoryDatabase } from '../../../../src/collector/store/memoryDatabase';
import { databaseHandle, type SqlModule } from '../../../../src/collector/store/sqlModule';
import { SqlError } from '../../../../src/collector/store/sqlError';
import { column, testSqlModule } from './support/readSnapshot';

describe('MemoryDatabase', () => {
  let module: SqlModule;
  const open: MemoryDatabase[] = [];
  const database = (snapshot?: Uint8Array): MemoryDatabase => {
    const db = new MemoryDatabase(module, snapshot);
    open.push(db);
    return db;
  };

  before(async () => {
    module = await testSqlModule();
  });
  afterEach(() => {
    for (const db of open.splice(0)) db.close();
  });

  it('is no file: sql.js made one, and its handle was replaced', () => {
    const own = new module.sqlJs.Database();
    assert.notEqual(
      own.exec("SELECT file FROM pragma_database_list WHERE name = 'main'")[0]?.values[0]?.[0],
      '',
      'as sql.js does it',
    );
    own.close();
    const db = database();
    assert.deepEqual(column(db, "SELECT file FROM pragma_database_list WHERE name = 'main'"), ['']);
    assert.deepEqual(column(db, 'PRAGMA page_size'), ['16384']);
  });

  it('exports a whole SQLite file that loads again, here and in a plain sql.js, with nothing lost on the way', () => {
    const db = database();
    db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT, bytes BLOB)');
    const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?)');
    for (let id = 1; id <= 5000; id++) {
      insert.bindNumber(1, id);
      insert.bindText(2, `text ${id}`);
      insert.bindBlob(3, Buffer.alloc(100, id));
      assert.ok(insert.insert());
    }
    const bytes = db.export();
    assert.equal(Buffer.from(bytes.subarray(0, 15)).toString(), 'SQLite format 3');
    const plain = new module.sqlJs.Database(bytes);
    assert.deepEqual(plain.exec('PRAGMA integrity_check')[0]?.values, [['ok']]);
    assert.deepEqual(plain.exec('SELECT count(*), sum(id) FROM t')[0]?.values, [[5000, 12_502_500]]);
    plain.close();
    const again = database(bytes);
    assert.deepEqual(column(again, 'PRAGMA integrity_check'), ['ok']);
    assert.deepEqual(
      column(again, "SELECT file FROM pragma_database_list WHERE name = 'main'"),
      [''],
      'in memory too',
    );
    again.exec("INSERT INTO t VALUES (5001, 'more', NULL)");
    assert.deepEqual(column(database(again.export()), 'SELECT count(*) FROM t'), ['5001']);
  });

  it('goes on after an export: prepared statements and what is in memory survive', () => {
    const db = database();
    db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY)');
    const insert = db.prepare('INSERT INTO t VALUES (?)');
    for (let id = 1; id <= 3; id++) {
      insert.bindNumber(1, id);
      assert.ok(insert.insert());
      db.export();
    }
    assert.deepEqual(column(db, 'SELECT id FROM t'), ['1', '2', '3']);
  });

  it('gives its memory back when it is closed', () => {
    const size = () => module.heap.length;
    const fill = (): void => {
      const db = new MemoryDatabase(module);
      db.exec('CREATE TABLE t (bytes BLOB)');
      db.exec(
        'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO t SELECT zeroblob(100000) FROM n',
      );
      db.close();
    };
    fill();
    const after = size();
    for (let i = 0; i < 5; i++) fill();
    assert.equal(size(), after);
  });

  it('refuses bytes that are no database', () => {
    for (const bytes of [new Uint8Array(5000).fill(7), Buffer.from('SQLite format 3\0 and nothing more')]) {
      assert.throws(() => new MemoryDatabase(module, bytes), SqlError);
    }
  });

  it('reads back numbers up to 2^53, negative ones, texts with zeros, empty texts and blobs, and null', () => {
    const db = database();
    db.exec('CREATE TABLE t (n INTEGER, s TEXT, b BLOB)');
    const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?)');
    const rows: [number, string, Uint8Array][] = [
      [2 ** 53 - 1, 'a\0b', Uint8Array.of(0, 1, 255)],
      [-(2 ** 53) + 1, '', new Uint8Array(0)],
      [2 ** 31, 'ünï 😀', Uint8Array.of(0)],
      [-(2 ** 31), 'x', Uint8Array.of(9)],
    ];
    for (const [n, s, b] of rows) {
      insert.bindNumber(1, n);
      insert.bindText(2, s);
      insert.bindBlob(3, b);
      insert.run();
    }
    insert.bindNull(3);
    insert.run();
    const select = db.prepare('SELECT n, s, b, typeof(n) FROM t');
    for (const [n, s, b] of rows) {
      assert.ok(select.step());
      assert.deepEqual(
        [select.number(0), select.text(1), select.isNull(2), select.text(3)],
        [n, s, false, 'integer'],
      );
      assert.deepEqual(Buffer.from(select.blob(2)), Buffer.from(b));
    }
    assert.ok(select.step());
    assert.equal(select.isNull(2), true);
    assert.equal(select.step(), false);
  });

  it('tells a refused row from an error', () => {
    const db = database();
    db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)');
    const insert = db.prepare('INSERT INTO t VALUES (?, ?)');
    insert.bindNumbers(1, 1, 1);
    assert.equal(insert.insert(), true);
    assert.equal(insert.insert(), false);
    assert.throws(() => db.prepare('SELEC'), SqlError);
    assert.throws(() => db.exec('SELECT * FROM missing'), /no such table/);
  });

  it('answers a statement that outlived its database with an error', () => {
    const db = new MemoryDatabase(module);
    const statement = db.prepare('SELECT 1');
    db.close();
    assert.throws(() => statement.step(), /the database is closed/);
    assert.throws(() => statement.bindNumber(1, 1), /the database is closed/);
  });

  it('keeps its handle where sql.js looks for it', () => {
    assert.ok(databaseHandle(new module.sqlJs.Database()) > 0);
    assert.throws(
      () => databaseHandle(Object.create(module.sqlJs.Database.prototype) as never),
      /keeps its handle elsewhere/,
    );
  });
});
