import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { CollectorHere } from './collectorHere';
import { exchange, postHead, RawHttp } from './rawHttp';
import { newProtobuf } from './spans';

const pb = 'Content-Type: application/x-protobuf';
const maxBodyBytes = 100_000;

describe('OTLP/HTTP with clients that take too much', () => {
  let collector: CollectorHere;
  const connections: RawHttp[] = [];
  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.destroy();
    await collector.close();
  });

  async function connection(): Promise<RawHttp> {
    const opened = await RawHttp.open(collector.httpPort);
    connections.push(opened);
    return opened;
  }

  async function stillReceives(): Promise<void> {
    const before = collector.spans;
    const body = newProtobuf(1);
    assert.equal((await exchange(collector.httpPort, postHead(body, pb), body)).status, 200);
    assert.equal(collector.spans, before + 1);
  }

  describe('of bytes', () => {
    beforeEach(async () => (collector = await CollectorHere.open({ maxBodyBytes })));
    afterEach(() => stillReceives());

    it('a body of exactly the limit is read', async () => {
      const body = Buffer.alloc(maxBodyBytes);
      assert.equal((await exchange(collector.httpPort, postHead(body, pb), body)).status, 400);
    });

    for (const [what, size] of [
      ['one byte over the limit', maxBodyBytes + 1],
      ['twice the limit and more', 2 * maxBodyBytes + 1],
    ] as const) {
      it(`a body of ${what} is 413 with a Content-Length`, async () => {
        const body = Buffer.alloc(size);
        const response = await exchange(collector.httpPort, postHead(body, pb), body);
        assert.equal(response.status, 413);
        assert.equal(response.body[1], 8, 'RESOURCE_EXHAUSTED');
        assert.equal(response.headers.get('connection'), 'close');
      });

      it(`a body of ${what} is 413 without one`, async () => {
        const client = await connection();
        client.write(`POST /v1/traces HTTP/1.1\nHost: localhost\n${pb}\nTransfer-Encoding: chunked\n\n`);
        client.write(`${size.toString(16)}\n`);
        client.write(Buffer.alloc(size));
        client.write('\n0\n\n');
        assert.equal((await client.response()).status, 413);
        await client.closed();
      });
    }

    for (const [what, encoded] of [
      ['zeros', () => gzipSync(Buffer.alloc(100_000_000))],
      ['members of zeros', () => Buffer.concat(Array<Buffer>(50).fill(gzipSync(Buffer.alloc(1_000_000))))],
    ] as const)
      it(`a decompression bomb of ${what} is 413, and is not opened further than the limit`, async () => {
        const body = encoded();
        assert.ok(body.length <= maxBodyBytes, 'it is the opened size that is too large');
        const before = process.memoryUsage().arrayBuffers;
        const response = await exchange(
          collector.httpPort,
          postHead(body, `${pb}\nContent-Encoding: gzip`),
          body,
        );
        assert.equal(response.status, 413);
        assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000);
      });

    for (const end of ['half-closed', 'reset'] as const)
      it(`a body that ends too early, ${end}, stores nothing`, async () => {
        const body = newProtobuf(10);
        const client = await connection();
        client.write(postHead(body, pb));
        client.write(body.subarray(0, 100));
        if (end === 'reset') client.socket.resetAndDestroy();
        else client.socket.end();
        await client.closed();
        assert.equal(collector.spans, 0);
      });

    for (const [what, headers] of [
      ['one header of 64 KiB', `X-A: ${'a'.repeat(65_536)}`],
      ['5,000 headers', Array.from({ length: 5000 }, (_, index) => `X-${index}: 1`).join('\n')],
    ] as const)
      it(`${what}: 431 (RFC 6585, 5)`, async () => {
        const response = await exchange(collector.httpPort, postHead('', `${pb}\n${headers}`));
        assert.equal(response.status, 431);
        assert.match(response.body.toString(), /headers are too large/);
      });

    it('a target of 64 KiB is refused', async () => {
      const response = await exchange(
        collector.httpPort,
        postHead('', pb, `/v1/traces?${'a'.repeat(65_536)}`),
      );
      assert.ok([414, 431].includes(response.status), String(response.status));
    });
  });

  describe('of time', () => {
    beforeEach(async () => {
      collector = await CollectorHere.open({
        limits: { headersTimeoutMs: 200, requestTimeoutMs: 400, checkEveryMs: 50 },
      });
    });
    afterEach(() => stillReceives());

    it('a head that comes drop by drop is 408', async () => {
      const client = await connection();
      client.write('POST /v1/traces HTTP/1.1\nHost: localhost\n');
      const drops = setInterval(() => client.write('X-A: b\n'), 20);
      try {
        assert.equal((await client.response()).status, 408);
        await client.closed();
      } finally {
        clearInterval(drops);
      }
    });

    it('a body that comes drop by drop is 408', async () => {
      const client = await connection();
      client.write(postHead('x'.repeat(100_000), pb));
      const drops = setInterval(() => client.write('x'), 20);
      try {
        assert.equal((await client.response()).status, 408);
        await client.closed();
      } finally {
        clearInterval(drops);
      }
      assert.equal(collector.spans, 0);
    });

    it('a connection that says nothing is closed', async () => {
      const client = await connection();
      await client.closed();
    });
  });

  describe('of connections', () => {
    it('those over the limit are closed; those within it, and those after, are served', async () => {
      collector = await CollectorHere.open({ limits: { maxConnections: 10 } });
      const first = await connection();
      for (let index = 1; index < 10; index++) await connection();
      const dropped = await connection();
      assert.equal((await dropped.closed()).length, 0);
      const body = newProtobuf(1);
      first.write(postHead(body, pb));
      first.write(body);
      assert.equal((await first.response()).status, 200);
      for (const each of connections.splice(0)) {
        each.destroy();
        await each.closed();
      }
      // The server hears of the ends a moment later.
      while (collector.spans < 2) await stillReceives().catch(() => undefined);
    });
  });
});
