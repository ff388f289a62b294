import assert from 'node:assert/strict';
import { status } from '@grpc/grpc-js';
import { CollectorHere } from './collectorHere';
import { framed, RawGrpc } from './rawGrpc';
import { RawHttp } from './rawHttp';
import { newProtobuf } from './spans';

/** A frame of RFC 9113, section 4.1. */
function frame(type: number, flags: number, stream: number, payload: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const begin = Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0)]);
/** `:method: POST`, `:scheme: http`, `:path: /` of the static table (RFC 7541, appendix A). */
const post = Buffer.from([0x83, 0x86, 0x84]);
/** A new header of 1,000 bytes that goes into the dynamic table. */
const bigHeader = Buffer.concat([Buffer.from([0x40, 1, 0x61, 0x7f, 0xe9, 0x06]), Buffer.alloc(1000, 0x62)]);
const streams = Array.from({ length: 20_000 }, (_, index) => 2 * index + 1);

const floods: [what: string, frames: () => Buffer[]][] = [
  [
    'streams that are reset at once (CVE-2023-44487)',
    () => streams.flatMap(id => [frame(1, 4, id, post), frame(3, 0, id, Buffer.from([0, 0, 0, 8]))]),
  ],
  [
    'header blocks that never end (CVE-2024-27983)',
    () => [frame(1, 0, 1, post), ...streams.slice(0, 5000).map(() => frame(9, 0, 1, bigHeader))],
  ],
  [
    'headers of one call beyond any size',
    () => [frame(1, 4, 1, Buffer.concat([post, ...Array<Buffer>(15).fill(bigHeader)]))],
  ],
  ['streams beyond the 100 that are allowed', () => streams.map(id => frame(1, 4, id, post))],
  ['settings (CVE-2019-9515)', () => streams.map(() => frame(4, 0, 0, Buffer.from('000100001000', 'hex')))],
  ['pings (CVE-2019-9512)', () => streams.map(() => frame(6, 0, 0, Buffer.alloc(8)))],
  ['empty frames (CVE-2019-9518)', () => [frame(1, 4, 1, post), ...streams.map(() => frame(0, 0, 1))]],
  ['priorities (CVE-2019-9513)', () => streams.map(id => frame(2, 0, id, Buffer.from('0000000010', 'hex')))],
  ['window updates', () => streams.map(() => frame(8, 0, 0, Buffer.from([0x7f, 0xff, 0xff, 0xff])))],
  ['frames of types that do not exist', () => streams.map(() => frame(0xbb, 0xff, 0, Buffer.alloc(16)))],
];

describe('the gRPC port under floods of', function () {
  this.timeout(60_000);
  let collector: CollectorHere;
  beforeEach(async () => {
    collector = await CollectorHere.open({
      limits: { headersTimeoutMs: 500, requestTimeoutMs: 1000, checkEveryMs: 50 },
    });
  });
  afterEach(() => collector.close());

  for (const [what, frames] of floods)
    it(`${what}: it keeps serving others, holds little, and is let go of`, async () => {
      const attack = Buffer.concat([begin, ...frames()]);
      const other = await RawGrpc.open(collector.grpcPort);
      const memory = process.memoryUsage().rss;
      const clients = await Promise.all([1, 2, 3].map(() => RawHttp.open(collector.grpcPort)));
      for (const client of clients) client.write(attack);
      const answer = await other.call(framed(newProtobuf(1)));
      assert.equal(answer.grpcStatus, status.OK, answer.message);
      assert.equal(collector.spans, 1);
      assert.ok(process.memoryUsage().rss - memory < 300_000_000);
      other.close();
      for (const client of clients) {
        client.destroy();
        await client.closed();
      }
      const after = await RawGrpc.open(collector.grpcPort);
      assert.equal((await after.call(framed(newProtobuf(1)))).grpcStatus, status.OK);
      after.close();
      assert.deepEqual(
        collector.lines.filter(line => line.startsWith('error')),
        [],
        'nothing unforeseen',
      );
      assert.ok(collector.lines.length < 100, 'the log is not flooded');
    });

  it('half a message, drop by drop (slow-loris): the call ends, its connection serves others', async () => {
    const grpc = await RawGrpc.open(collector.grpcPort);
    const stream = grpc.begin();
    const bytes = framed(newProtobuf(1, 100_000));
    let sent = 0;
    const drops = setInterval(() => {
      if (!stream.destroyed && stream.writable) stream.write(bytes.subarray(sent, ++sent));
    }, 10);
    try {
      const ended = new Promise<number>(resolve => {
        stream.on('response', headers => resolve(Number(headers['grpc-status'])));
        stream.on('error', () => resolve(NaN));
      });
      assert.equal(await ended, status.DEADLINE_EXCEEDED);
    } finally {
      clearInterval(drops);
    }
    assert.equal(collector.spans, 0);
    assert.equal((await grpc.call(framed(newProtobuf(1)))).grpcStatus, status.OK);
    grpc.close();
  });
});
