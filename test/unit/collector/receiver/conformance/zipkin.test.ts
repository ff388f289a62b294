import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { CollectorHere } from './collectorHere';
import { exchange, postHead, RawHttp, type RawResponse } from './rawHttp';
import { newProtobuf } from './spans';

const path = '/api/v2/spans';
const js = 'Content-Type: application/json';

function newZipkin(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, () => ({
    traceId: randomBytes(16).toString('hex'),
    id: randomBytes(8).toString('hex'),
    name: 'get /cart',
    kind: 'SERVER',
    timestamp: 1_790_000_000_000_001,
    duration: 7,
    localEndpoint: { serviceName: 'shop' },
  }));
}

/** zipkin-api, zipkin2-api.yaml: POST /api/v2/spans. */
describe('Zipkin v2', () => {
  let collector: CollectorHere;
  beforeEach(async () => (collector = await CollectorHere.open({ maxBodyBytes: 100_000 })));
  afterEach(() => collector.close());

  function post(body: string | Uint8Array, headers = js, host = 'localhost'): Promise<RawResponse> {
    return exchange(collector.zipkinPort, postHead(body, headers, path, host), body);
  }

  function assertText(response: RawResponse, status: number, says: RegExp): void {
    assert.equal(response.status, status);
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(response.body.toString(), says);
    assert.equal(collector.spans, 0);
  }

  for (const [what, body, headers] of [
    ['JSON', (text: string) => Buffer.from(text), js],
    ['JSON with a charset', (text: string) => Buffer.from(text), `${js}; charset=UTF-8`],
    ['JSON that names no type', (text: string) => Buffer.from(text), 'X-A: b'],
    ['gzip', (text: string) => gzipSync(text), `${js}\nContent-Encoding: gzip`],
  ] as const)
    it(`${what} is answered with 202 and no body, and stored`, async () => {
      const response = await post(body(JSON.stringify(newZipkin(3))), headers);
      assert.equal(response.status, 202);
      assert.equal(response.headers.get('content-length'), '0');
      assert.equal(response.headers.get('content-type'), undefined);
      assert.equal(collector.spans, 3);
      const [trace] = collector.engine.listTraces(1);
      assert.deepEqual([trace?.rootName, trace?.rootService], ['get /cart', 'shop']);
      assert.deepEqual([trace?.startTimeUnixNano, trace?.durationNano], ['1790000000000001000', '7000']);
    });

  it('an empty list, with which clients ask whether it is there, is 202', async () => {
    assert.equal((await post('[]')).status, 202);
  });

  it('a chunked body is taken', async () => {
    const connection = await RawHttp.open(collector.zipkinPort);
    const text = JSON.stringify(newZipkin(1));
    connection.write(`POST ${path} HTTP/1.1\nHost: localhost\n${js}\nTransfer-Encoding: chunked\n\n`);
    connection.write(`${text.length.toString(16)}\n${text}\n0\n\n`);
    assert.equal((await connection.response()).status, 202);
    connection.destroy();
  });

  it('a bad span is left out, the good ones are kept, and the log says so', async () => {
    const response = await post(JSON.stringify([...newZipkin(2), { id: '1' }, null]));
    assert.equal(response.status, 202);
    assert.equal(collector.spans, 2);
    assert.equal(collector.engine.counts().rejectedSpans, 2);
    assert.ok(
      collector.lines.some(line =>
        /warn zipkin left out of a request: 1 span: trace id .*; 1 span: malformed span/.test(line),
      ),
    );
  });

  for (const [what, body, says] of [
    ['of bad spans only', '[{"id":"1"}]', /No span could be taken: 1 span: trace id/],
    ['that is no list', '{"traceId":"1"}', /invalid Zipkin JSON: expected a list/],
    ['that is no JSON', '[{', /invalid Zipkin JSON: the body is not JSON/],
    ['that is empty', '', /not JSON/],
  ] as const)
    it(`a body ${what} is 400 with the reason as text`, async () => assertText(await post(body), 400, says));

  it('a body that is not the gzip it says is 400', async () => {
    assertText(await post('[]', `${js}\nContent-Encoding: gzip`), 400, /not valid gzip/);
  });

  it('protobuf and other types are 415', async () => {
    for (const type of ['application/x-protobuf', 'application/x-thrift', 'text/plain'])
      assertText(await post(newProtobuf(1), `Content-Type: ${type}`), 415, /Send application\/json/);
  });

  it('a body over the limit, as sent or decompressed, is 413', async () => {
    assertText(await post(' '.repeat(100_001)), 413, /larger than 100000/);
    const bomb = gzipSync(Buffer.alloc(1_000_000, ' '));
    assertText(await post(bomb, `${js}\nContent-Encoding: gzip`), 413, /larger than 100000/);
  });

  it('what cannot be kept now is 503 with Retry-After', async () => {
    await collector.breakEngine();
    const response = await post(JSON.stringify(newZipkin(1)));
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('retry-after'), '5');
  });

  it('another path is 404, another method 405, and both say where spans go', async () => {
    for (const other of ['/api/v1/spans', '/v1/traces', '/', '/api/v2/spans/', '/zipkin/'])
      assertText(
        await exchange(collector.zipkinPort, postHead('[]', js, other), '[]'),
        404,
        /POST \/api\/v2\/spans/,
      );
    const get = await exchange(collector.zipkinPort, `GET ${path} HTTP/1.1\nHost: localhost\n\n`);
    assertText(get, 405, /only POST is/);
    assert.equal(get.headers.get('allow'), 'POST');
  });

  it('a foreign Host or Origin is 403; a page of loopback may send', async () => {
    assertText(await post('[]', js, 'evil.example:9411'), 403, /not a loopback name/);
    assertText(await post('[]', `${js}\nOrigin: https://evil.example`), 403, /evil\.example/);
    const origin = 'http://localhost:3000';
    const asked = await exchange(
      collector.zipkinPort,
      `OPTIONS ${path} HTTP/1.1\nHost: localhost\nOrigin: ${origin}\nAccess-Control-Request-Method: POST\n\n`,
    );
    assert.equal(asked.status, 204);
    const sent = await post(JSON.stringify(newZipkin(1)), `${js}\nOrigin: ${origin}`);
    assert.equal(sent.status, 202);
    assert.equal(sent.headers.get('access-control-allow-origin'), origin);
  });

  it('what is no HTTP/1.1 is told what is spoken here', async () => {
    const connection = await RawHttp.open(collector.zipkinPort);
    connection.write('PRI * HTTP/2.0\n\nSM\n\n');
    const response = await connection.response();
    assertText(response, 400, /This port speaks Zipkin v2 JSON over HTTP\/1\.1/);
    await connection.closed();
  });
});
