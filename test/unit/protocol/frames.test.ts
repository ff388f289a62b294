import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FrameDecoder, framePrefix, FrameTooLargeError } from '../../../src/protocol/frames';

const limits = { maxHeaderBytes: 1000, maxBodyBytes: 2000 };

function encode(header: Uint8Array, body: Uint8Array): Uint8Array {
  return Buffer.concat([framePrefix(header.length, body.length), header, body]);
}

describe('frames', () => {
  it('come back as they were, however the stream is cut into chunks', () => {
    const frame = fc.record({
      header: fc.uint8Array({ maxLength: 60 }),
      body: fc.uint8Array({ maxLength: 90 }),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), fc.array(fc.nat({ max: 40 })), (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(({ header, body }) => encode(header, body)));
        const decoder = new FrameDecoder(limits);
        const found = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          found.push(...decoder.push(bytes.subarray(at, at + cut)));
          at = Math.min(at + cut, bytes.length);
        }
        assert.deepEqual(
          found.map(({ header, body }) => [[...header], [...body]]),
          frames.map(({ header, body }) => [[...header], [...body]]),
        );
        assert.equal(decoder.pendingBytes, 0);
      }),
    );
  });

  it('begin with both lengths, little endian', () => {
    assert.deepEqual([...framePrefix(0x01020304, 5)], [4, 3, 2, 1, 5, 0, 0, 0]);
  });

  it('own their body: the buffer is exactly the body', () => {
    const [frame] = new FrameDecoder(limits).push(encode(new Uint8Array(3), new Uint8Array([7, 8])));
    assert.deepEqual([...new Uint8Array(frame!.body.buffer)], [7, 8]);
  });

  it('are held back until they are complete', () => {
    const decoder = new FrameDecoder(limits);
    const bytes = encode(new Uint8Array(10), new Uint8Array(5));
    assert.deepEqual(decoder.push(bytes.subarray(0, bytes.length - 1)), []);
    assert.equal(decoder.push(bytes.subarray(bytes.length - 1)).length, 1);
  });

  for (const [what, header, body] of [
    ['header', 1001, 0],
    ['body', 0, 2001],
  ] as const)
    it(`are refused when the ${what} announced is over the limit, before any of it has arrived`, () => {
      assert.throws(() => new FrameDecoder(limits).push(framePrefix(header, body)), FrameTooLargeError);
    });
});
