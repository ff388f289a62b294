import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatSql, longestFormatted } from '../../../webview/waterfall/detail/cards/formatSql';
import { sqlTokens } from '../../../webview/waterfall/detail/cards/sqlTokens';

describe('a statement in lines', () => {
  const cases: { title: string; system?: string; statement: string; lines: string[] }[] = [
    {
      title: 'has each clause on its own',
      statement: 'SELECT a, b FROM t WHERE a = $1 AND b = ? LIMIT 5',
      lines: ['SELECT', '  a,', '  b', 'FROM', '  t', 'WHERE', '  a = $1', '  AND b = ?', 'LIMIT', '  5'],
    },
    {
      title: 'keeps parameters of every style',
      system: 'mysql',
      statement: 'select * from t where a = :a and b = @b and c = %s and d = %(d)s',
      lines: [
        'select',
        '  *',
        'from',
        '  t',
        'where',
        '  a = :a',
        '  and b = @b',
        '  and c = %s',
        '  and d = %(d)s',
      ],
    },
    {
      title: 'stays as it came where it is no SQL',
      statement: 'db.carts.find({"a": 1',
      lines: ['db.carts.find({"a": 1'],
    },
    {
      title: 'stays as it came for a system of another kind',
      system: 'redis',
      statement: 'SET a 1',
      lines: ['SET a 1'],
    },
    { title: 'stays as it came where its quotes do not end', statement: "SELECT 'a", lines: ["SELECT 'a"] },
  ];
  for (const { title, system, statement, lines } of cases)
    it(title, () => assert.deepEqual(formatSql(statement, system).split('\n'), lines));

  it('stays as it came where it is long', () => {
    const statement = `SELECT ${'a, '.repeat(longestFormatted / 3)}b FROM t`;
    assert.equal(formatSql(statement, undefined), statement);
  });
});

describe('the pieces of a statement', () => {
  it('are its keywords, texts, numbers, parameters and comments', () => {
    const kinds = sqlTokens("SELECT \"from\", 'it''s', 4.2 FROM t -- all\nWHERE a = $1").map(
      ({ kind, text }) => (kind === 'plain' ? text : `${kind}:${text}`),
    );
    assert.deepEqual(kinds, [
      'keyword:SELECT',
      ' "from", ',
      "text:'it''s'",
      ', ',
      'number:4.2',
      ' ',
      'keyword:FROM',
      ' t ',
      'comment:-- all',
      '\n',
      'keyword:WHERE',
      ' a = ',
      'parameter:$1',
    ]);
  });

  it('are the statement again when they are joined, whatever it is', () => {
    const units = [
      "'",
      '"',
      '`',
      '\\',
      '/*',
      '*/',
      '--',
      '\n',
      '$1',
      '@p',
      '?',
      '%(a)s',
      'SELECT',
      ' ',
      'a',
      '1',
      '::',
      '\ud800',
    ];
    const text = fc.array(fc.constantFrom(...units), { maxLength: 40 }).map(parts => parts.join(''));
    fc.assert(
      fc.property(text, statement => {
        assert.equal(
          sqlTokens(statement)
            .map(({ text }) => text)
            .join(''),
          statement,
        );
      }),
      { numRuns: 200 },
    );
  });
});
