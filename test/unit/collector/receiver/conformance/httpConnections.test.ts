import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { CollectorHere } from './collectorHere';
import { exchange, postHead, RawHttp } from './rawHttp';
import { newJson, newProtobuf } from './spans';

const pb = 'Content-Type: application/x-protobuf';
const js = 'Content-Type: application/json';

/** HTTP/1.1 as RFC 9110 and RFC 9112 have it; "OTLP/HTTP Connection" asks for keep-alive. */
describe('OTLP/HTTP connections', () => {
  let collector: CollectorHere;
  let connection: RawHttp;
  beforeEach(async () => {
    collector = await CollectorHere.open({ maxBodyBytes: 200_000 });
    connection = await RawHttp.open(collector.httpPort);
  });
  afterEach(async () => {
    connection.destroy();
    await collector.close();
  });

  it('OTLP/HTTP Connection: stay open between requests, refused ones included', async () => {
    for (const [head, body, status] of [
      [pb, newProtobuf(1), 200],
      [pb, Buffer.from('garbage'), 400],
      ['Content-Type: text/plain', Buffer.from('some text'), 415],
      [js, Buffer.from(newJson(1)), 200],
    ] as const) {
      connection.write(postHead(body, head));
      connection.write(body);
      const response = await connection.response();
      assert.equal(response.status, status);
      assert.notEqual(response.headers.get('connection'), 'close');
    }
    assert.equal(collector.spans, 2);
  });

  it('RFC 9112, 9.3.2: answer requests that come at once in their order', async () => {
    const bodies = [newProtobuf(1), Buffer.from('garbage'), newProtobuf(2), newProtobuf(3)];
    connection.write(
      Buffer.concat(bodies.flatMap(body => [Buffer.from(postHead(body, pb).replaceAll('\n', '\r\n')), body])),
    );
    const statuses: number[] = [];
    while (statuses.length < bodies.length) statuses.push((await connection.response()).status);
    assert.deepEqual(statuses, [200, 400, 200, 200]);
    assert.equal(collector.spans, 6);
  });

  it('RFC 9112, 9.6: close where the client asks', async () => {
    const body = newProtobuf(1);
    connection.write(postHead(body, `${pb}\nConnection: close`));
    connection.write(body);
    assert.equal((await connection.response()).headers.get('connection'), 'close');
    assert.equal((await connection.closed()).length, 0);
  });

  it('RFC 9112, 7.1: take a chunked body, byte by byte, with extensions and trailers', async () => {
    const body = newProtobuf(1);
    connection.write(
      `POST /v1/traces HTTP/1.1\nHost: localhost\n${pb}\nTransfer-Encoding: chunked\nTrailer: X-A\n\n`,
    );
    for (const byte of body) {
      connection.write('1;name=value\n');
      connection.write(Buffer.from([byte]));
      connection.write('\n');
    }
    connection.write('0\nX-A: b\n\n');
    assert.equal((await connection.response()).status, 200);
    assert.equal(collector.spans, 1);
  });

  it('take a chunked body that is gzip, in chunks that end anywhere', async () => {
    const body = gzipSync(newJson(2));
    connection.write(
      `POST /v1/traces HTTP/1.1\nHost: localhost\n${js}\nContent-Encoding: gzip\nTransfer-Encoding: chunked\n\n`,
    );
    for (const part of [body.subarray(0, 1), body.subarray(1, 30), body.subarray(30)]) {
      connection.write(`${part.length.toString(16)}\n`);
      connection.write(part);
      connection.write('\n');
    }
    connection.write('0\n\n');
    assert.equal((await connection.response()).status, 200);
    assert.equal(collector.spans, 2);
  });

  it('RFC 9112, 6.3: take what comes behind a body as the next request: garbage there costs no span', async () => {
    const body = newProtobuf(1);
    connection.write(postHead(body, pb));
    connection.write(Buffer.concat([body, Buffer.from('\u0000garbage\r\n\r\n')]));
    assert.equal((await connection.response()).status, 200);
    assert.equal((await connection.response()).status, 400);
    await connection.closed();
    assert.equal(collector.spans, 1);
  });

  it('RFC 9110, 7.8: go on with HTTP/1.1 where a client offers another protocol', async () => {
    for (const offer of ['Upgrade: h2c\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA', 'Upgrade: websocket']) {
      const body = newProtobuf(1);
      const other = await RawHttp.open(collector.httpPort);
      other.write(postHead(body, `${pb}\nConnection: Upgrade\n${offer}`));
      other.write(body);
      assert.equal((await other.response()).status, 200);
      other.destroy();
    }
    assert.equal(collector.spans, 2);
  });

  it('RFC 9112, 6.3: refuse both Content-Length and Transfer-Encoding, and two lengths that differ', async () => {
    for (const lengths of [
      'Content-Length: 3\nTransfer-Encoding: chunked',
      'Content-Length: 3\nContent-Length: 4',
      'Content-Length: -1',
      'Content-Length: 0x3',
      'Transfer-Encoding: chunked, identity',
    ]) {
      const response = await exchange(
        collector.httpPort,
        `POST /v1/traces HTTP/1.1\nHost: localhost\n${pb}\n${lengths}\n\n0\n\n`,
      );
      assert.equal(response.status, 400, lengths);
      assert.equal(response.headers.get('connection'), 'close', lengths);
    }
  });

  it('RFC 9110, 9.3.2: answer HEAD without a body', async () => {
    connection.write('HEAD /v1/traces HTTP/1.1\nHost: localhost\nConnection: close\n\n');
    assert.equal((await connection.response({ toHead: true })).status, 405);
    assert.equal((await connection.closed()).length, 0);
  });

  it('take HTTP/1.0 with a Host, and close after it', async () => {
    const body = newProtobuf(1);
    connection.write(postHead(body, pb).replace('HTTP/1.1', 'HTTP/1.0'));
    connection.write(body);
    assert.equal((await connection.response()).status, 200);
    await connection.closed();
  });

  describe('RFC 9110, 10.1.1, Expect: 100-continue:', () => {
    it('the body is asked for, then taken', async () => {
      const body = newProtobuf(1);
      connection.write(postHead(body, `${pb}\nExpect: 100-continue`));
      assert.equal((await connection.response()).status, 100);
      connection.write(body);
      assert.equal((await connection.response()).status, 200);
      assert.equal(collector.spans, 1);
    });

    for (const [what, status, head] of [
      ['that is too large', 413, `Content-Length: 200001\n${pb}`],
      ['of a type that is none', 415, 'Content-Length: 10\nContent-Type: text/plain'],
      ['from a foreign page', 403, `Content-Length: 10\n${pb}\nOrigin: https://evil.example`],
    ] as const)
      it(`a body ${what} is refused without asking for it`, async () => {
        connection.write(`POST /v1/traces HTTP/1.1\nHost: localhost\nExpect: 100-continue\n${head}\n\n`);
        const response = await connection.response();
        assert.equal(response.status, status);
        assert.equal(response.headers.get('connection'), 'close', 'whether the body comes is not known');
        await connection.closed();
      });

    it('another expectation is 417', async () => {
      connection.write(postHead('x', `${pb}\nExpect: a-miracle`));
      const response = await connection.response();
      assert.equal(response.status, 417);
      assert.match(response.body.toString('latin1'), /a-miracle/);
    });
  });

  it('answer HTTP/2 with prior knowledge readably, and close', async () => {
    connection.write('PRI * HTTP/2.0\n\nSM\n\n');
    const response = await connection.response();
    assert.equal(response.status, 400);
    assert.match(response.body.toString(), /OTLP\/gRPC has a port of its own/);
    await connection.closed();
  });

  it('answer TLS and what is no protocol at all with something, and close', async () => {
    for (const bytes of [
      Buffer.from('16030100050100000100', 'hex'),
      Buffer.alloc(100, 0xff),
      Buffer.from('\r\n\r\n\0'),
      Buffer.from('GET\r\n\r\n'),
    ]) {
      const other = await RawHttp.open(collector.httpPort);
      other.write(bytes);
      assert.equal((await other.response()).status, 400);
      await other.closed();
    }
  });
});
