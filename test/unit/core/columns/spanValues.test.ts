import assert from 'node:assert/strict';
import { decodeSpanValues } from '../../../../src/core/columns/decodeSpanValues';
import { encodeSpanValues } from '../../../../src/core/columns/encodeSpanValues';
import { InvalidColumnsError } from '../../../../src/core/columns/invalidColumnsError';
import { ValueType, type SpanValues } from '../../../../src/core/columns/spanValues';

const values: SpanValues = {
  count: 3,
  spanIdHigh: Uint32Array.of(1, 2, 0xffffffff),
  spanIdLow: Uint32Array.of(4, 5, 6),
  type: Uint8Array.of(ValueType.String, ValueType.Double, ValueType.Json),
  number: Float64Array.of(1, 0.5, 0),
  strings: ['[1,2]', 'größer'],
};

describe('values of spans in one buffer', () => {
  it('come back as they were', () => {
    assert.deepEqual(decodeSpanValues(encodeSpanValues(values)), values);
    const none = { count: 0, strings: [] };
    assert.deepEqual(decodeSpanValues(encodeSpanValues({ ...emptyColumns(), ...none })), {
      ...emptyColumns(),
      ...none,
    });
  });

  const damages: readonly (readonly [string, (view: DataView) => void])[] = [
    ['another magic', view => view.setUint32(0, 1, true)],
    ['another version', view => view.setUint32(4, 2, true)],
    ['more spans than it has', view => view.setUint32(8, 4, true)],
    ['more strings than it has', view => view.setUint32(12, 3, true)],
    ['an index to a string that is missing', view => view.setFloat64(24, 2, true)],
    ['an index that is no integer', view => view.setFloat64(24, 0.5, true)],
    ['a string that ends before it starts', view => view.setUint32(24 + 3 * 16 + 4, 2, true)],
    ['a type that is unknown', view => view.setUint8(24 + 3 * 16 + 8, 9)],
  ];
  for (const [name, damage] of damages)
    it(`are refused with ${name}`, () => {
      const buffer = encodeSpanValues(values);
      damage(new DataView(buffer));
      assert.throws(() => decodeSpanValues(buffer), InvalidColumnsError);
    });

  it('are refused where the end is missing', () => {
    const buffer = encodeSpanValues(values);
    for (const length of [0, 10, 30, buffer.byteLength - 1])
      assert.throws(() => decodeSpanValues(buffer.slice(0, length)), InvalidColumnsError);
  });
});

function emptyColumns() {
  return {
    spanIdHigh: new Uint32Array(),
    spanIdLow: new Uint32Array(),
    type: new Uint8Array(),
    number: new Float64Array(),
  };
}
