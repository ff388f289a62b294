import assert from 'node:assert/strict';
import type { AttributeValue } from '../../../../src/core/model/attributes';
import { valueAsText } from '../../../../src/core/semantics/attributeReader';
import { reading } from './support/attributes';

describe('attributes under several names', () => {
  it('are read under the first name that has a value', () => {
    const attributes = reading({ new: '', old: 'b', older: 'c' });
    assert.equal(attributes.text('new', 'old', 'older'), 'b');
    assert.equal(attributes.text('older', 'old'), 'c');
    assert.equal(attributes.text('new', 'none'), undefined);
  });

  const numbers: [AttributeValue, number | undefined][] = [
    [7n, 7],
    [1.5, 1.5],
    ['42', 42],
    ['4.5', 4.5],
    ['4 rows', undefined],
    [true, undefined],
    [[1n], undefined],
  ];
  for (const [value, expected] of numbers)
    it(`have the number ${String(expected)} in ${valueAsText(value)} (${typeof value})`, () =>
      assert.equal(reading({ n: value }).number('n'), expected));

  it('are found by the beginning of their key, without it', () => {
    const attributes = reading({ 'h.a': 'x', 'h.': 'none', other: 'y', 'k.b': 2n });
    assert.deepEqual(attributes.under('h.', 'k.'), [
      { name: 'a', text: 'x' },
      { name: 'b', text: '2' },
    ]);
  });

  const texts: [AttributeValue, string][] = [
    [null, ''],
    [true, 'true'],
    [2n ** 60n, '1152921504606846976'],
    [new Uint8Array([1, 255]), '01ff'],
    [['a', 2n], 'a, 2'],
    [[], '[]'],
    [[['a']], '[["a"]]'],
    [{ entries: [{ key: 'a', value: [1n] }] }, '{"a":[1]}'],
  ];
  for (const [value, expected] of texts)
    it(`are the text ${expected || 'of nothing'} where they are not`, () =>
      assert.equal(valueAsText(value), expected));
});
