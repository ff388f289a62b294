import assert from 'node:assert/strict';
import { MemoryDatabase } from '../../../../src/collector/store/memoryDatabase';
import type { SqlModule } from '../../../../src/collector/store/sqlModule';
import type { Statement } from '../../../../src/collector/store/statement';
import { column, testSqlModule } from './support/readSnapshot';

describe('Statement', () => {
  let module: SqlModule;
  let db: MemoryDatabase;
  let insert: Statement;

  before(async () => {
    module = await testSqlModule();
  });
  beforeEach(() => {
    db = new MemoryDatabase(module);
    db.exec('CREATE TABLE t (number, text, bytes)');
    insert = db.prepare('INSERT INTO t VALUES (?, ?, ?)');
  });
  afterEach(() => db.close());

  const rows = (): string[] => column(db, "SELECT quote(number) || ' ' || text || ' ' || hex(bytes) FROM t");

  it('keeps what was bound until something else is bound in its place', () => {
    insert.bindNumber(1, 1);
    insert.bindText(2, 'one');
    insert.bindBlob(3, Uint8Array.of(1));
    insert.run();
    insert.bindNumber(1, 2);
    insert.run();
    insert.bindText(2, 'three');
    insert.run();
    insert.bindBlob(3, Uint8Array.of(4, 4));
    insert.run();
    assert.deepEqual(rows(), ['1 one 01', '2 one 01', '2 three 01', '2 three 0404']);
  });

  it('binds a number again that a parameter had before it was something else', () => {
    const put = db.prepare('INSERT INTO t VALUES (?, ?, NULL)');
    for (const [text, isNull] of [
      ['a', false],
      ['b', true],
    ] as const) {
      put.bindNumber(1, 7);
      put.bindNumber(2, 7);
      put.run();
      put.bindText(2, text);
      if (isNull) put.bindNull(1);
      put.run();
      put.bindNumber(1, 7);
      put.bindNumber(2, 7);
      put.run();
    }
    assert.deepEqual(column(db, "SELECT quote(number) || ' ' || text FROM t"), [
      '7 7',
      '7 a',
      '7 7',
      '7 7',
      'NULL b',
      '7 7',
    ]);
  });

  it('does not let one parameter write where the value of another one lies, however their lengths change', () => {
    const lengths = [0, 10, 1000, 63, 65, 40_000, 1, 70_000, 200, 65_536, 65_537, 0, 5];
    for (const [i, length] of lengths.entries()) {
      insert.bindNumber(1, i);
      insert.bindText(2, 't'.repeat(length));
      insert.bindBlob(3, Buffer.alloc(lengths[lengths.length - 1 - i] ?? 0, i));
      insert.run();
    }
    assert.deepEqual(
      rows(),
      lengths.map((length, i) => {
        const hex = i.toString(16).padStart(2, '0').toUpperCase();
        return `${i} ${'t'.repeat(length)} ${hex.repeat(lengths[lengths.length - 1 - i] ?? 0)}`;
      }),
    );
  });

  it('reads by a value that stays bound while other statements bind theirs', () => {
    insert.bindNumber(1, 1);
    insert.bindText(2, 'same');
    insert.bindBlob(3, Uint8Array.of(9));
    for (let i = 0; i < 3; i++) insert.run();
    const find = db.prepare('SELECT bytes FROM t WHERE text = ?');
    const other = db.prepare('SELECT ?');
    find.bindText(1, 'same');
    let found = 0;
    while (find.step()) {
      found++;
      other.bindText(1, 'else');
      assert.ok(other.step());
      other.reset();
    }
    assert.equal(found, 3);
  });
});
