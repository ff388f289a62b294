import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeBase64, encodeBase64 } from '../../../../src/core/formats/base64';

describe('base64', () => {
  it('is what Node makes of any bytes, and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), bytes => {
        const text = encodeBase64(bytes);
        assert.equal(text, Buffer.from(bytes).toString('base64'));
        assert.deepEqual(decodeBase64(text), bytes);
        assert.deepEqual(decodeBase64(Buffer.from(bytes).toString('base64url')), bytes);
      }),
    );
    const large = new Uint8Array(1_000_003).map((_, index) => index * 7);
    assert.equal(encodeBase64(large), Buffer.from(large).toString('base64'));
  });

  for (const text of ['a', 'abcde', '?', 'ab=c', '=', '====', 'abc=d', 'ab c', 'ä123', 'ab\u0100c']) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(decodeBase64(text), undefined));
  }
});
