import assert from 'node:assert/strict';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { status } from '@grpc/grpc-js';
import { CollectorHere } from './collectorHere';
import { answerOf, framed, RawGrpc } from './rawGrpc';
import { postHead, RawHttp } from './rawHttp';
import { newJson, newProtobuf } from './spans';

describe('OTLP/gRPC connections', () => {
  let collector: CollectorHere;
  const opened: { close(): void }[] = [];
  beforeEach(async () => {
    collector = await CollectorHere.open({
      limits: { headersTimeoutMs: 300, requestTimeoutMs: 600, checkEveryMs: 50, maxConnections: 20 },
    });
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) each.close();
    await collector.close();
  });

  async function grpc(host?: string): Promise<RawGrpc> {
    const client = await RawGrpc.open(collector.grpcPort, host);
    opened.push(client);
    return client;
  }

  async function raw(): Promise<RawHttp> {
    const client = await RawHttp.open(collector.grpcPort);
    opened.push({ close: () => client.destroy() });
    return client;
  }

  async function stillReceives(): Promise<void> {
    const before = collector.spans;
    assert.equal((await (await grpc()).call(framed(newProtobuf(1)))).grpcStatus, status.OK);
    assert.equal(collector.spans, before + 1);
  }

  it('are there on ::1 as well', async () => {
    assert.equal((await (await grpc('[::1]')).call(framed(newProtobuf(1)))).grpcStatus, status.OK);
  });

  it('RFC 9113, 5.1.2: carry 100 streams at once, and say so', async () => {
    const client = await grpc();
    assert.equal(client.session.remoteSettings.maxConcurrentStreams, 100);
    const streams = Array.from({ length: 100 }, () => client.begin());
    const body = (): Buffer => framed(newProtobuf(1));
    for (const stream of streams) stream.write(body().subarray(0, 3));
    const answers = streams.map(answerOf);
    for (const stream of streams) stream.end(body().subarray(3));
    for (const answer of await Promise.all(answers)) assert.equal(answer.grpcStatus, status.OK);
    assert.equal(collector.spans, 100);
  });

  it('RFC 9113, 6.7: answer keep-alive pings, with calls under way or none', async () => {
    const { session } = await grpc();
    const ping = promisify<Buffer, number>((payload, done) => session.ping(payload, done));
    for (let count = 0; count < 50; count++) await ping(Buffer.alloc(8, count));
    assert.ok(!session.destroyed);
    await stillReceives();
  });

  describe('that are none', () => {
    for (const [what, bytes] of [
      [
        'an OTLP/HTTP request',
        () => `${postHead(newJson(1), 'Content-Type: application/json')}${newJson(1)}`,
      ],
      ['a GET', () => 'GET / HTTP/1.1\nHost: localhost\n\n'],
      ['HTTP/2 of another version', () => 'PRI * HTTP/3.0\n\nSM\n\n'],
      ['garbage', () => Buffer.alloc(100, 0xff)],
    ] as const)
      it(`${what} gets HTTP/1.1 400 that names the other port, and an end`, async () => {
        const client = await raw();
        client.write(bytes());
        const response = await client.response();
        assert.equal(response.status, 400);
        assert.match(response.body.toString(), /OTLP\/HTTP has a port of its own/);
        await client.closed();
        assert.ok(collector.lines.some(line => /warn grpc refused a connection: .*OTLP\/HTTP/.test(line)));
        await stillReceives();
      });

    it('an HTTP/1.1 client that sends a large body reads the answer all the same', async () => {
      const client = await raw();
      const body = Buffer.alloc(5_000_000);
      client.write(postHead(body, 'Content-Type: application/x-protobuf'));
      client.write(body);
      assert.equal((await client.response()).status, 400);
    });

    it('TLS is told that there is none', async () => {
      const client = await raw();
      client.write(Buffer.from('16030100050100000100', 'hex'));
      assert.match((await client.response()).body.toString(), /without TLS/);
    });

    for (const [what, bytes] of [
      ['nothing', ''],
      ['half of the preface', 'PRI * HT'],
    ] as const)
      it(`one that says ${what} is closed after a while`, async () => {
        const client = await raw();
        client.write(bytes);
        assert.equal((await client.closed()).length, 0);
        await stillReceives();
      });

    it('the preface followed by garbage ends that connection alone', async () => {
      const client = await raw();
      client.write('PRI * HTTP/2.0\n\nSM\n\n');
      client.write(Buffer.alloc(10_000, 0xff));
      await client.closed();
      await stillReceives();
    });

    it('RFC 9113, 5.4.1: one that was told GOAWAY is closed after a while, with a stream open or not', async () => {
      const client = await raw();
      client.write('PRI * HTTP/2.0\n\nSM\n\n');
      // SETTINGS, HEADERS of a POST without its end, and a frame that is longer than 16,384 bytes.
      client.write(Buffer.from('000000040000000000000003010400000001838684ffffff000000000001', 'hex'));
      assert.ok((await client.closed()).length > 0);
      await stillReceives();
    });

    it('one that resets right away does no harm', async () => {
      for (let count = 0; count < 20; count++) {
        const client = await RawHttp.open(collector.grpcPort);
        client.write('P');
        client.socket.resetAndDestroy();
      }
      await stillReceives();
    });
  });

  it('may begin byte by byte', async () => {
    const client = await raw();
    for (const byte of Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')) {
      client.write(Buffer.from([byte]));
      await new Promise(resolve => setImmediate(resolve));
    }
    // An empty SETTINGS frame (RFC 9113, section 6.5); the server's own comes back.
    client.write(Buffer.from('000000040000000000', 'hex'));
    const [first] = (await once(client.socket, 'data')) as [Buffer];
    assert.equal(first[3], 4);
  });

  it('over the limit are closed; those within it are served', async () => {
    const clients = [];
    for (let count = 0; count < 20; count++) clients.push(await grpc());
    const over = await raw();
    assert.equal((await over.closed()).length, 0);
    for (const client of clients)
      assert.equal((await client.call(framed(newProtobuf(1)))).grpcStatus, status.OK);
    assert.ok(collector.lines.some(line => line.includes('there are 20 already')));
  });

  it('a flood of headers ends its call, not the receiver', async () => {
    const client = await grpc();
    const flood = Object.fromEntries(
      Array.from({ length: 90 }, (_, index) => [`x-${index}`, 'a'.repeat(1000)]),
    );
    const stream = client.begin(flood);
    stream.end(framed(newProtobuf(1)));
    const stored = await answerOf(stream).then(
      answer => answer.grpcStatus === 0,
      () => false,
    );
    assert.ok(!stored);
    await stillReceives();
  });

  describe(':authority (DNS rebinding)', () => {
    for (const authority of [
      'localhost',
      'LOCALHOST:4317',
      'localhost.:1',
      '127.0.0.1:4317',
      '[::1]:4317',
      '%5B%3A%3A1%5D:4317',
      '%5B::1%5D:4317',
    ])
      it(`${authority} is this machine`, async () => {
        const answer = await (await grpc()).call(framed(newProtobuf(1)), { ':authority': authority });
        assert.equal(answer.grpcStatus, status.OK, answer.message);
      });

    for (const authority of [
      'evil.example',
      'evil.example:4317',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'localhost@evil.example',
    ])
      it(`${authority} is PERMISSION_DENIED, and nothing is stored`, async () => {
        const answer = await (await grpc()).call(framed(newProtobuf(1)), { ':authority': authority });
        assert.equal(answer.grpcStatus, status.PERMISSION_DENIED);
        assert.match(answer.message, /not a loopback name/);
        assert.equal(collector.spans, 0);
        assert.ok(collector.lines.some(line => line.includes('PERMISSION_DENIED')));
      });
  });

  it('end when the receiver closes, calls under way or not', async () => {
    const client = await grpc();
    await client.call(framed(newProtobuf(1)));
    const silent = await raw();
    const ended = once(client.session, 'close');
    await collector.close();
    await ended;
    await silent.closed();
  });
});
