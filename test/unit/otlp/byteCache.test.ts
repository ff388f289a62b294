import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ByteCache } from '../../../src/otlp/byteCache';

const text = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1');

describe('ByteCache', () => {
  it('answers for any sequence of keys what its maker would, in one slot as in many', () => {
    const keys = fc.array(fc.uint8Array({ maxLength: 6, max: 3 }), { maxLength: 200 });
    fc.assert(
      fc.property(keys, fc.constantFrom(1, 2, 64), (list, slots) => {
        const cache = new ByteCache(slots, 4, text);
        for (const key of list) assert.equal(cache.get(key, 0, key.length), text(key, 0, key.length));
      }),
    );
  });

  it('makes a value once while its bytes keep coming, wherever they lie', () => {
    let made = 0;
    const cache = new ByteCache(16, 8, () => ++made);
    const first = cache.get(Buffer.from('GET /'), 0, 5);
    assert.equal(cache.get(Buffer.from('..GET /..'), 2, 7), first);
    assert.equal(made, 1);
  });

  it('keeps its own copy of the bytes', () => {
    const cache = new ByteCache(16, 8, text);
    const bytes = Buffer.from('abc');
    cache.get(bytes, 0, 3);
    bytes.write('xyz');
    assert.equal(cache.get(bytes, 0, 3), 'xyz');
  });

  it('does not keep sequences longer than its limit, nor failures', () => {
    let made = 0;
    const cache = new ByteCache(16, 4, () => {
      if (++made === 1) throw new Error('no');
      return made;
    });
    const bytes = Buffer.from('abcdef');
    assert.throws(() => cache.get(bytes, 0, 2));
    assert.deepEqual([cache.get(bytes, 0, 2), cache.get(bytes, 0, 2)], [2, 2]);
    assert.deepEqual([cache.get(bytes, 0, 5), cache.get(bytes, 0, 5)], [3, 4]);
  });
});
