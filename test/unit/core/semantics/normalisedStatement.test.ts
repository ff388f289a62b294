import assert from 'node:assert/strict';
import { normalisedStatement, statementTitle } from '../../../../src/core/semantics/normalisedStatement';

describe('the shape of a statement', () => {
  const alike: { title: string; statements: string[]; shape: string }[] = [
    {
      title: 'whatever its values and parameters',
      statements: [
        "SELECT * FROM t WHERE a = 'x' AND b = 1.5",
        'SELECT * FROM t WHERE a = $1 AND b = $2',
        'select *  from T\n where a = :name and b = @p',
        'SELECT * FROM t WHERE a = %s AND b = %(b)s',
        "SELECT * FROM t WHERE a = 'it''s' AND b = 0x1f",
        "SELECT * FROM t WHERE a = 'a\\'b' AND b = ? -- why",
        'SELECT * /* all\n of it */ FROM t WHERE a = ? AND b = ?',
      ],
      shape: 'select * from t where a = ? and b = ?',
    },
    {
      title: 'however many values a list has',
      statements: ['x IN (1)', 'x in (1, 2, 3)', 'x IN ($1,$2)', "x IN ('a' , 'b')"],
      shape: 'x in(?)',
    },
    {
      title: 'however many rows are inserted',
      statements: ['INSERT INTO t (a, b) VALUES (1, 2)', 'INSERT INTO t (a,b) VALUES (?,?), (?,?), (?,?)'],
      shape: 'insert into t(a,b)values(?)',
    },
  ];
  for (const { title, statements, shape } of alike)
    it(`is the same ${title}`, () => {
      for (const statement of statements) assert.equal(normalisedStatement(statement), shape);
    });

  const apart: [string, string, string][] = [
    ['a column', 'SELECT a FROM t', 'SELECT b FROM t'],
    ['a column with a number', 'SELECT col1 FROM t', 'SELECT col2 FROM t'],
    ['an operator', 'a > 1', 'a >= 1'],
    ['a quoted name', 'SELECT "A" FROM t', 'SELECT "B" FROM t'],
    ['a cast', 'SELECT a::text', 'SELECT a::int'],
  ];
  for (const [title, one, other] of apart)
    it(`is another with ${title}`, () =>
      assert.notEqual(normalisedStatement(one), normalisedStatement(other)));

  it('is found in time that grows with the length, whatever is written', () => {
    const units = ["'", "'\\", "\\'", '/*', '*', '--', '"', '`', '?,', '(?),', ' ', 'a(', '$1,', '%('];
    for (const unit of units) {
      const started = performance.now();
      normalisedStatement(unit.repeat(100_000));
      statementTitle(`SELECT ${unit.repeat(100_000)}`);
      assert.ok(performance.now() - started < 1000, unit);
    }
  });
});

describe('the title of a statement', () => {
  const titles: [statement: string, title: string][] = [
    ['SELECT id, total\n  FROM orders WHERE id = 42', 'SELECT orders WHERE id = ?'],
    ['select * from Orders where id = $1', 'select Orders where id = ?'],
    ['SELECT count(*) FROM orders', 'SELECT count(*) FROM orders'],
    ['SELECT * FROM t WHERE id IN ( 1 , 2,3 )', 'SELECT t WHERE id IN (?)'],
    ["INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y')", 'INSERT INTO t (a, b) VALUES (?)'],
    ['-- why\nUPDATE t SET a = :a', 'UPDATE t SET a = ?'],
    ['SELECT (SELECT a FROM b) FROM c', 'SELECT (SELECT a FROM b) FROM c'],
    ['GET session:1', 'GET session?'],
  ];
  for (const [statement, title] of titles)
    it(`of ${JSON.stringify(statement)} is ${title}`, () => assert.equal(statementTitle(statement), title));
});
