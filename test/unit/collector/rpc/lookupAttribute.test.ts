import assert from 'node:assert/strict';
import { readAttributeLookup } from '../../../../src/collector/rpc/lookupAttribute';
import { requestIdAttributes } from '../../../../src/core/semantics/requestIdAttributes';
import type { ScalarValue } from '../../../../src/otlp/encodeAttribute';

type Query = [keys: readonly string[], values: readonly ScalarValue[]];

/** Under this name, or any that request ids have. */
function id(name: string): string[] {
  return [...new Set([name, ...requestIdAttributes])];
}

describe('readAttributeLookup', () => {
  const cases: [text: string, expected: Query[]][] = [
    ['request_id=abc-1', [[id('request_id'), ['abc-1']]]],
    [' "requestId": "7f3A", ', [[id('requestId'), ['7f3A']]]],
    ['X-Request-Id: 01HZX3', [[id('X-Request-Id'), ['01HZX3']]]],
    [
      '12:00 ERROR req.id=5 failed',
      [
        [id('req.id'), ['5']],
        [['req.id'], [5n, 5]],
      ],
    ],
    ['https://shop.test/?correlation_id=c-9&page=2', [[id('correlation_id'), ['c-9']]]],
    ['message_id=m1, topic=t', [[id('message_id'), ['m1']]]],
    ['order.id=4711', [[['order.id'], ['4711', 4711n, 4711]]]],
    ["order.id = '4711'", [[['order.id'], ['4711']]]],
    ['app.total: -1.5', [[['app.total'], ['-1.5', -1.5]]]],
    ['app.premium=true', [[['app.premium'], ['true', true]]]],
    ['db.query.text=SELECT * FROM orders', [[['db.query.text'], ['SELECT * FROM orders']]]],
    ['01HZX3J7-checkout', [[requestIdAttributes, ['01HZX3J7-checkout']]]],
    ['"req-17"', [[requestIdAttributes, ['req-17']]]],
    ['checkout', []],
    ['GET /cart 500', []],
    ['http://localhost:8080/cart', []],
    ['a1', []],
    ['key=', []],
    ['=value', []],
    ['', []],
  ];
  for (const [text, expected] of cases)
    it(`${JSON.stringify(text)} ${expected.length > 0 ? 'asks for attributes' : 'asks for none'}`, () => {
      const queries = readAttributeLookup(text)?.queries ?? [];
      assert.deepEqual(
        queries.map(({ keys, values }) => [keys, values]),
        expected,
      );
    });

  it('reads hostile text in linear time', () => {
    for (const unit of [' ', '=', 'request_id', 'a.', '"', 'x-', ': '])
      assert.doesNotThrow(() => readAttributeLookup(unit.repeat(Math.floor(200_000 / unit.length))));
  });
});
