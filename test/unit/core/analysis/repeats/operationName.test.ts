import assert from 'node:assert/strict';
import { operationName } from '../../../../../src/core/analysis/repeats/operationName';

describe('the name of an operation', () => {
  const cases: readonly (readonly [name: string, expected: string])[] = [
    ['checkout', 'checkout'],
    ['GET /users/42', 'GET /users/?'],
    ['GET /users/42/orders/7', 'GET /users/?/orders/?'],
    ['GET /v2/users', 'GET /v2/users'],
    ['get 1b4e28ba-2fa1-11d2-883f-0016d3cca427', 'get ?'],
    ['lock 4bf92f3577b34da6', 'lock ?'],
    ['order-123', 'order-?'],
    ["SELECT * FROM t WHERE name = 'Ann'", 'SELECT * FROM t WHERE name = ?'],
    ['SELECT * FROM t WHERE id = $1', 'SELECT * FROM t WHERE id = $1'],
    ['http2 handshake', 'http2 handshake'],
    ['decade', 'decade'],
    ['', ''],
  ];
  for (const [name, expected] of cases)
    it(`of ${JSON.stringify(name)} is ${JSON.stringify(expected)}`, () =>
      assert.equal(operationName(name), expected));
});
