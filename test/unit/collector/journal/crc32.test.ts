import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { crc32, crc32ByTable } from '../../../../src/collector/journal/crc32';

describe('crc32', () => {
  it('is that of the check value in the catalogue of CRC algorithms (CRC-32/ISO-HDLC)', () => {
    assert.equal(crc32ByTable(Buffer.from('123456789')), 0xcbf43926);
    assert.equal(crc32(Buffer.from('123456789')), 0xcbf43926);
  });

  it('is the same by table and natively, in one piece and in two', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (head, tail) => {
        const whole = crc32(Buffer.concat([head, tail]));
        assert.equal(crc32ByTable(tail, crc32ByTable(head)), whole);
        assert.equal(crc32(tail, crc32(head)), whole);
      }),
    );
  });
});
