import assert from 'node:assert/strict';
import { operationNumbers } from '../../../../../src/core/analysis/repeats/operationNumbers';
import { shapesOfRows, ShapeNumbers } from '../../../../../src/core/analysis/repeats/statementShapes';
import { buildTraceColumns } from '../../../../../src/core/columns/buildTraceColumns';
import { trace } from '../../../../fixtures/traces';

const columns = buildTraceColumns(
  'ab'.repeat(16),
  trace(['root', {}, [['query'], ['query'], ['other'], ['query']]]),
);

describe('the shapes of statements', () => {
  it('are numbered, and called after the first statement of each', () => {
    const numbers = new ShapeNumbers();
    const statements = ['SELECT a FROM t WHERE id = 1', 'select a from t where id=2', 'SELECT a FROM t'];
    assert.deepEqual(
      statements.map(statement => numbers.of(statement)),
      [0, 1, 2],
    );
    assert.equal(numbers.of('select A from T where id = 7'), 0);
    assert.deepEqual(numbers.titles, ['SELECT t WHERE id = ?', 'select t where id=?', 'SELECT t']);
  });

  it('go to the rows of their spans, whatever else is known of', () => {
    const shapes = shapesOfRows(columns, {
      count: 3,
      spanIdHigh: Uint32Array.of(columns.spanIdHigh[4]!, 0xdead, columns.spanIdHigh[1]!),
      spanIdLow: Uint32Array.of(columns.spanIdLow[4]!, 0xbeef, columns.spanIdLow[1]!),
      shape: Uint32Array.of(1, 0, 0),
      titles: ['a', 'b'],
    });
    assert.deepEqual([...shapes], [-1, 0, -1, -1, 1]);
  });

  it('tell rows of one name apart, and bring rows of different names together', () => {
    const numbers = operationNumbers(columns, Int32Array.of(-1, 0, 1, 0, -1));
    assert.equal(numbers[1], numbers[3]);
    assert.equal(new Set(numbers).size, 4);
  });
});
