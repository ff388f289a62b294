import assert from 'node:assert/strict';
import { CollectorHere } from './collectorHere';
import { exchange, postHead, type RawResponse } from './rawHttp';
import { newJson } from './spans';

const js = 'Content-Type: application/json';

describe('OTLP/HTTP and web pages', () => {
  let collector: CollectorHere;
  before(async () => (collector = await CollectorHere.open()));
  after(() => collector.close());

  /** A POST of one span; answers whether it was stored. */
  async function post(
    headers: string,
    host = 'localhost',
    path?: string,
  ): Promise<{ response: RawResponse; stored: boolean }> {
    const before = collector.spans;
    const body = newJson(1);
    const response = await exchange(
      collector.httpPort,
      postHead(body, `${js}\n${headers}`, path, host),
      body,
    );
    return { response, stored: collector.spans > before };
  }

  describe('the Host header (DNS rebinding; RFC 9112, 3.2)', () => {
    for (const host of [
      'localhost',
      'LocalHost:4318',
      'localhost.',
      'localhost.:4318',
      '127.0.0.1',
      '127.0.0.1:65535',
      '127.1.2.3:1',
      '[::1]',
      '[::1]:4318',
    ])
      it(`${host} is this machine`, async () => {
        const { response, stored } = await post('X-A: b', host);
        assert.equal(response.status, 200);
        assert.ok(stored);
      });

    for (const host of [
      'evil.example',
      'evil.example:4318',
      'localhost.evil.example',
      'localhost..',
      'localhost@evil.example',
      'evil.example@localhost',
      '127.0.0.1.',
      '127.0.0.1.evil.example:80',
      '[::2]:4318',
      '[::ffff:10.0.0.1]',
      '0.0.0.0',
      '192.168.0.1:4318',
      '2130706433',
      'localhost:4318:80',
      'localhost, evil.example',
      '',
    ])
      it(`${JSON.stringify(host)} is 403, and nothing is stored`, async () => {
        const { response, stored } = await post('X-A: b', host);
        assert.equal(response.status, 403);
        assert.equal((JSON.parse(response.body.toString()) as { code: number }).code, 7);
        assert.ok(!stored);
      });

    it('none at all is 400', async () => {
      const response = await exchange(
        collector.httpPort,
        `POST /v1/traces HTTP/1.1\nContent-Length: 2\n${js}\n\n`,
        '{}',
      );
      assert.equal(response.status, 400);
    });

    it('two of them are 400, the first one good or not', async () => {
      for (const [first, second] of [
        ['localhost', 'evil.example'],
        ['evil.example', 'localhost'],
        ['localhost', 'localhost'],
      ]) {
        const { response, stored } = await post(`Host: ${String(second)}`, first);
        assert.equal(response.status, 400);
        assert.ok(!stored);
      }
    });
  });

  describe('a target in absolute form (RFC 9112, 3.2.2)', () => {
    for (const [target, host, status] of [
      ['http://localhost:4318/v1/traces', 'localhost:4318', 200],
      ['HTTP://127.0.0.1/v1/traces?a', 'localhost', 200],
      ['http://evil.example/v1/traces', 'localhost', 403],
      ['http://localhost@evil.example/v1/traces', 'localhost', 403],
      ['http://localhost/v1/traces', 'evil.example', 403],
      ['http:///v1/traces', 'localhost', 403],
      ['http://localhost', 'localhost', 404],
      ['ftp://localhost/v1/traces', 'localhost', 404],
    ] as const)
      it(`${target} with Host ${host} is ${status}`, async () => {
        const { response, stored } = await post('X-A: b', host, target);
        assert.equal(response.status, status);
        assert.equal(stored, status === 200);
      });
  });

  describe('CORS (Fetch Standard, 3.3)', () => {
    function preflight(origin: string, more = ''): Promise<RawResponse> {
      return exchange(
        collector.httpPort,
        `OPTIONS /v1/traces HTTP/1.1\nHost: localhost\nOrigin: ${origin}\nAccess-Control-Request-Method: POST\nAccess-Control-Request-Headers: content-type,traceparent\n${more}\n`,
      );
    }

    for (const origin of [
      'http://localhost:3000',
      'https://localhost',
      'http://127.0.0.1:8080',
      'http://[::1]:5173',
    ])
      it(`a page of ${origin} may ask, send and read the answer, good or bad`, async () => {
        const asked = await preflight(origin);
        assert.equal(asked.status, 204);
        assert.equal(asked.headers.get('access-control-allow-origin'), origin);
        assert.equal(asked.headers.get('access-control-allow-methods'), 'POST');
        assert.equal(asked.headers.get('access-control-allow-headers'), 'content-type,traceparent');
        assert.equal(asked.headers.get('vary'), 'Origin');
        assert.equal(asked.headers.get('access-control-allow-credentials'), undefined);
        const sent = await post(`Origin: ${origin}`);
        assert.equal(sent.response.status, 200);
        assert.equal(sent.response.headers.get('access-control-allow-origin'), origin);
        assert.ok(sent.stored);
        const bad = await exchange(collector.httpPort, postHead('x', `${js}\nOrigin: ${origin}`), 'x');
        assert.equal(bad.status, 400);
        assert.equal(bad.headers.get('access-control-allow-origin'), origin);
      });

    it('a page that is not local may be let to the local network where it is loopback (Private Network Access)', async () => {
      const asked = await preflight(
        'http://localhost:3000',
        'Access-Control-Request-Private-Network: true\n',
      );
      assert.equal(asked.headers.get('access-control-allow-private-network'), 'true');
      const other = await preflight('https://evil.example', 'Access-Control-Request-Private-Network: true\n');
      assert.equal(other.headers.get('access-control-allow-private-network'), undefined);
    });

    for (const origin of [
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      'http://localhost@evil.example',
      'http://evil.example#localhost',
      'file://',
      'vscode-webview://abc',
      'chrome-extension://abc',
      '',
    ])
      it(`a page of ${JSON.stringify(origin)} may neither ask nor send`, async () => {
        const asked = await preflight(origin);
        assert.equal(asked.status, 403);
        assert.equal(asked.headers.get('access-control-allow-origin'), undefined);
        const sent = await post(`Origin: ${origin}`);
        assert.equal(sent.response.status, 403);
        assert.equal(sent.response.headers.get('access-control-allow-origin'), undefined);
        assert.ok(!sent.stored);
      });

    it('two origins are none', async () => {
      const { response, stored } = await post('Origin: http://localhost\nOrigin: https://evil.example');
      assert.equal(response.status, 403);
      assert.ok(!stored);
    });
  });
});
