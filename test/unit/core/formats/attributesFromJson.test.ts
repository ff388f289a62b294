import assert from 'node:assert/strict';
import { attributesFromJson } from '../../../../src/core/formats/attributesFromJson';
import { attributesToJson } from '../../../../src/core/formats/otlpJson';
import type { AttributeValue } from '../../../../src/core/model/attributes';

describe('attributes in OTLP/JSON', () => {
  const values: AttributeValue[] = [
    null,
    'text',
    '',
    true,
    -(2n ** 63n),
    0.1,
    NaN,
    -Infinity,
    new Uint8Array([0, 1, 255]),
    ['a', 1n, [2.5, null]],
    {
      entries: [
        { key: 'a', value: { entries: [] } },
        { key: 'a', value: false },
      ],
    },
  ];
  it('come back as what they were, of the same types', () => {
    const attributes = values.map((value, i) => ({ key: `k${i}`, value }));
    assert.deepEqual(attributesFromJson(attributesToJson(attributes)), attributes);
  });
});
