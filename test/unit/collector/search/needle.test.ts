import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Needle } from '../../../../src/collector/search/needle';

describe('Needle', () => {
  it('stands where Buffer.indexOf finds it, whatever the bytes and however they are cut', () => {
    const letters = fc.array(fc.constantFrom(0x0a, 0x61, 0x62), { maxLength: 400 });
    const needle = fc.array(fc.constantFrom(0x0a, 0x61, 0x62), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 4 }), needle, (hays, bytes) => {
        const wanted = Buffer.from(bytes);
        const searched = new Needle(wanted);
        for (const hay of hays.map(each => Buffer.from(each))) {
          const expected: number[] = [];
          for (let at = hay.indexOf(wanted); at >= 0; at = hay.indexOf(wanted, at + 1)) expected.push(at);
          assert.deepEqual(searched.places(hay), expected);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
