import assert from 'node:assert/strict';
import { readFind } from '../../../../src/core/query/readFind';

describe('what is typed into a find box', () => {
  const texts: readonly (readonly [typed: string, text: string])[] = [
    ['cart', 'cart'],
    ['  GET /cart  ', 'GET /cart'],
    ['SELECT * FROM orders WHERE id = ?', 'SELECT * FROM orders WHERE id = ?'],
    ['"service = cart"', 'service = cart'],
    ['at Object.<anonymous> (/app/a.js:1:2)', 'at Object.<anonymous> (/app/a.js:1:2)'],
    ['Error: x', 'Error: x'],
    ['(connection refused)', '(connection refused)'],
    ['42', '42'],
    ['/api/v1?id=3', '/api/v1?id=3'],
  ];
  for (const [typed, text] of texts)
    it(`is the text ${JSON.stringify(text)} in ${JSON.stringify(typed)}`, () =>
      assert.deepEqual(readFind(typed), { type: 'text', text }));

  for (const typed of [
    'service = cart',
    '{ service = cart }',
    '{}',
    'duration>10ms',
    '.http.route = /cart',
    'http.response.status_code >= 500',
    'span.a != 1',
    'resource."a b" = x',
    '!(status = error)',
    '(name =~ "GET.*" || kind = server) && duration >= 1s',
  ])
    it(`is a condition in ${typed}`, () => assert.equal(readFind(typed).type, 'condition'));

  it('is nothing where there are blanks alone', () => assert.deepEqual(readFind('  '), { type: 'nothing' }));

  const wrong: readonly (readonly [typed: string, column: number, message: RegExp])[] = [
    ['order = 5', 1, /no field order.*\.order/],
    ['service =', 10, /value is missing/],
    ['  service = cart &&', 20, /condition is missing/],
    ['service = cart duration', 16, /&& or \|\|/],
    ['name = GET /cart', 12, /quotes/],
    ['name = "GET', 8, /no closing "/],
    ['duration > fast', 12, /10ms/],
    ['duration > 10', 12, /unit/],
    ['duration > "10ms"', 12, /duration is never a text/i],
    ['status = broken', 10, /unset, ok, error/],
    ['status > ok', 10, /order/],
    ['kind = web', 8, /server/],
    ['name =~ "("', 9, /regular expression/],
    ['duration =~ "1.*"', 1, /for texts/],
    ['.a =~ 5', 7, /regular expression in quotes/],
    ['(service = cart', 16, /closing \)/],
    ['{ service = cart', 17, /closing }/],
    ['{ service = cart } && { name = a }', 20, /Behind the braces/],
    ['{ service = cart } | count() > 2', 20, /Behind the braces/],
    ['parent.a = 1', 1, /scope parent/],
    ['event.name = x', 1, /scope event/],
    ['. = 1', 1, /missing behind the dot/],
    ['!service = cart', 1, /parentheses/],
    ['{ service }', 11, /comparison is missing/],
    ['{ 5 }', 3, /comparison is missing/],
    ['{ .a', 5, /closing }/],
  ];
  for (const [typed, column, message] of wrong)
    it(`says what is wrong, and where, in ${typed}`, () => {
      const found = readFind(typed);
      assert.ok(found.type === 'invalid', found.type);
      assert.match(found.message, message);
      assert.equal(found.column, column);
    });

  it('may not be nested without end', () => {
    const found = readFind(`${'('.repeat(5000)}service = cart`);
    assert.ok(found.type === 'invalid');
    assert.match(found.message, /too deeply/);
  });
});
