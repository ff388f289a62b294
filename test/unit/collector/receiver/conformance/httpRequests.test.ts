import assert from 'node:assert/strict';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { encodeExportResponse } from '../../../../../src/otlp/exportResponse';
import { readRpcStatus } from '../../../otlp/support/readRpcStatus';
import { CollectorHere } from './collectorHere';
import { exchange, postHead, type RawResponse } from './rawHttp';
import { badProtobuf, newJson, newProtobuf } from './spans';

const pb = 'application/x-protobuf';
const js = 'application/json';

/** Section names are those of the OTLP specification, 1.11, unless an RFC is named. */
describe('OTLP/HTTP requests and responses', () => {
  let collector: CollectorHere;
  beforeEach(async () => (collector = await CollectorHere.open({ maxBodyBytes: 200_000 })));
  afterEach(() => collector.close());

  function post(body: string | Uint8Array, ...headers: string[]): Promise<RawResponse> {
    return exchange(collector.httpPort, postHead(body, headers.join('\n')), body);
  }

  describe('OTLP/HTTP Request: the encoding is what Content-Type says', () => {
    const accepted: [contentType: string, encoding: string][] = [
      [pb, pb],
      ['Application/X-Protobuf', pb],
      [`${pb}; messageType="opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest"`, pb],
      [js, js],
      ['APPLICATION/JSON', js],
      [`${js};charset=utf-8`, js],
      [`${js}; charset=UTF-8`, js],
      [`${js} ; charset="utf-8"`, js],
      [`${js}; charset=utf8; x=y`, js],
    ];
    for (const [contentType, encoding] of accepted)
      it(`${contentType} is taken, and the response has the type of the request`, async () => {
        const response = await post(
          encoding === js ? newJson(2) : newProtobuf(2),
          `Content-Type: ${contentType}`,
        );
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('content-type'), encoding);
        assert.equal(response.body.toString('latin1'), encoding === js ? '{}' : '');
        assert.equal(collector.spans, 2);
      });

    for (const contentType of [
      'text/plain',
      'application/protobuf',
      'application/x-protobuffer',
      'application/grpc',
      'application/jsonp',
      'application/json; charset=utf-16',
      'application/x-www-form-urlencoded',
      ';',
      ',',
    ])
      it(`${contentType} is 415 (RFC 9110, 15.5.16)`, async () => {
        const response = await post(newJson(1), `Content-Type: ${contentType}`);
        assert.equal(response.status, 415);
        assert.match(response.body.toString(), /Send application\/x-protobuf or application\/json/);
        assert.equal(collector.spans, 0);
      });

    it('no Content-Type is 415', async () => {
      assert.equal((await post(newProtobuf(1), 'X-A: b')).status, 415);
    });

    it('Failures: a refusal of what is of no type of OTLP is a Status, too, in JSON', async () => {
      for (const headers of ['Content-Type: text/plain', 'X-A: b']) {
        const response = await post('x', headers);
        assert.equal(response.headers.get('content-type'), js);
        assert.equal((JSON.parse(response.body.toString()) as { code: number }).code, 3);
      }
    });
  });

  describe('Full Success', () => {
    it('200, and partial_success is unset', async () => {
      assert.equal((await post(newProtobuf(1), `Content-Type: ${pb}`)).body.length, 0);
      assert.equal((await post(newJson(1), `Content-Type: ${js}`)).body.toString(), '{}');
    });

    for (const [what, contentType, body] of [
      ['no bytes', pb, ''],
      ['one empty ResourceSpans', pb, '\x0a\x00'],
      ['an empty object', js, '{}'],
      ['an empty list', js, '{"resourceSpans":[]}'],
      ['null for absent', js, '{"resourceSpans":null}'],
      ['a field of the future', pb, '\xfa\x7f\x02hi'],
      ['a field of the future', js, '{"resourceSpans":[],"later":{"a":[1]}}'],
    ] as const)
      it(`a request without spans succeeds: ${what} as ${contentType}`, async () => {
        const response = await post(Buffer.from(body, 'latin1'), `Content-Type: ${contentType}`);
        assert.equal(response.status, 200);
        assert.equal(response.body.toString(), contentType === js ? '{}' : '');
      });
  });

  it('bytes that are not UTF-8 cost no span: U+FFFD stands for them', async () => {
    const text = Buffer.from(newJson(1).replace('cart', 'c\xffrt'), 'latin1');
    assert.equal((await post(text, `Content-Type: ${js}`)).status, 200);
    assert.equal(collector.engine.listTraces(1)[0]?.rootName, 'c\ufffdrt');
  });

  describe('Partial Success', () => {
    it('200 with the number of rejected spans and why, in protobuf; the good ones are kept', async () => {
      const both = Buffer.concat([newProtobuf(3), badProtobuf(2)]);
      const response = await post(both, `Content-Type: ${pb}`);
      assert.equal(response.status, 200);
      assert.deepEqual(
        response.body,
        Buffer.from(encodeExportResponse(2, '2 spans: trace id that is not 16 bytes or all zero')),
      );
      assert.equal(collector.spans, 3);
    });

    it('the same in JSON, where rejectedSpans is an int64 and so a string', async () => {
      const response = await post(newJson(3, 2), `Content-Type: ${js}`);
      assert.equal(response.status, 200);
      assert.deepEqual(JSON.parse(response.body.toString()), {
        partialSuccess: {
          rejectedSpans: '2',
          errorMessage: '2 spans: trace id that is not 16 bytes or all zero',
        },
      });
      assert.equal(collector.spans, 3);
      const { receivedSpans, rejectedSpans } = collector.engine.counts();
      assert.deepEqual([receivedSpans, rejectedSpans], [5, 2]);
    });

    it('also where every span is rejected: the client must not send them again', async () => {
      const response = await post(badProtobuf(1), `Content-Type: ${pb}`);
      assert.equal(response.status, 200);
      assert.equal(response.body[0], 0x0a);
      assert.equal(collector.spans, 0);
    });
  });

  describe('Failures, Bad Data: 400 with a google.rpc.Status in the encoding of the request', () => {
    const bad: [what: string, contentType: string, body: () => string | Uint8Array][] = [
      ['truncated protobuf', pb, () => newProtobuf(1).subarray(0, -3)],
      ['a length beyond the end', pb, () => Buffer.from('0affffffff0f', 'hex')],
      ['a varint of 11 bytes', pb, () => Buffer.from('08ffffffffffffffffffff01', 'hex')],
      ['a group that does not end', pb, () => Buffer.from([0x0b])],
      ['field number 0', pb, () => Buffer.from([0x02, 0x00])],
      ['JSON under the type of protobuf', pb, () => newJson(1)],
      ['half of a JSON text', js, () => newJson(1).slice(0, -2)],
      ['an empty body', js, () => ''],
      ['a JSON array', js, () => '[]'],
      ['the word null', js, () => 'null'],
      ['protobuf under the type of JSON', js, () => newProtobuf(1)],
      ['JSON nested 50,000 deep', js, () => '['.repeat(50_000)],
    ];
    for (const [what, contentType, body] of bad)
      it(`${what} as ${contentType}`, async () => {
        const response = await post(body(), `Content-Type: ${contentType}`);
        assert.equal(response.status, 400);
        assert.equal(response.headers.get('content-type'), contentType);
        assert.equal(response.headers.get('retry-after'), undefined, 'it must not be sent again');
        if (contentType === js) {
          const { code, message, details } = JSON.parse(response.body.toString()) as Record<string, unknown>;
          assert.equal(code, 3);
          assert.deepEqual(details, [
            {
              '@type': 'type.googleapis.com/google.rpc.BadRequest',
              fieldViolations: [{ field: '', description: message }],
            },
          ]);
        } else assertStatus(response.body, 3, true);
        assert.equal(collector.spans, 0);
      });
  });

  describe('OTLP/HTTP Request: Content-Encoding', () => {
    const coded: [coding: string, body: (bytes: Uint8Array) => Uint8Array][] = [
      ['gzip', bytes => gzipSync(bytes)],
      ['GZIP', bytes => gzipSync(bytes)],
      ['x-gzip', bytes => gzipSync(bytes)],
      ['deflate', bytes => deflateSync(bytes)],
      ['deflate', bytes => deflateRawSync(bytes)],
      ['identity', bytes => bytes],
      ['', bytes => bytes],
    ];
    for (const contentType of [pb, js])
      for (const [coding, encode] of coded)
        it(`${JSON.stringify(coding)} of ${contentType} is undone`, async () => {
          const plain = contentType === js ? Buffer.from(newJson(2)) : newProtobuf(2);
          const response = await post(
            encode(plain),
            `Content-Type: ${contentType}`,
            `Content-Encoding: ${coding}`,
          );
          assert.equal(response.status, 200, response.body.toString('latin1'));
          assert.equal(collector.spans, 2);
        });

    it('a gzip of two members is one body (RFC 1952, 2.2)', async () => {
      const bytes = newProtobuf(2);
      const two = Buffer.concat([gzipSync(bytes.subarray(0, 20)), gzipSync(bytes.subarray(20))]);
      assert.equal((await post(two, `Content-Type: ${pb}`, 'Content-Encoding: gzip')).status, 200);
      assert.equal(collector.spans, 2);
    });

    for (const coding of ['zstd', 'br', 'snappy', 'gzip, gzip', 'nonsense'])
      it(`${coding} is 415 that names what is taken (RFC 9110, 8.4 and 12.5.3)`, async () => {
        const response = await post(newProtobuf(1), `Content-Type: ${pb}`, `Content-Encoding: ${coding}`);
        assert.equal(response.status, 415);
        assert.equal(response.headers.get('accept-encoding'), 'gzip, deflate');
        assertStatus(response.body, 3);
      });

    for (const [what, body] of [
      ['plain bytes', () => newProtobuf(1)],
      ['a truncated stream', () => gzipSync(newProtobuf(1)).subarray(0, -9)],
      ['a wrong checksum', () => withLastByteChanged(gzipSync(newProtobuf(1)))],
      ['nothing', () => ''],
    ] as const)
      it(`${what} under the name of gzip: 400`, async () => {
        const response = await post(body(), `Content-Type: ${pb}`, 'Content-Encoding: gzip');
        assert.equal(response.status, 400);
        assertStatus(response.body, 3, true);
        assert.equal(collector.spans, 0);
      });
  });

  describe('OTLP/HTTP Throttling: what cannot be kept now', () => {
    for (const contentType of [pb, js])
      it(`is 503 with Retry-After and a Status of UNAVAILABLE, as ${contentType}`, async () => {
        await collector.breakEngine();
        const response = await post(
          contentType === js ? newJson(1) : newProtobuf(1),
          `Content-Type: ${contentType}`,
        );
        assert.equal(response.status, 503);
        assert.match(response.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
        assert.equal(response.headers.get('content-type'), contentType);
        if (contentType === js)
          assert.equal((JSON.parse(response.body.toString()) as { code: number }).code, 14);
        else assertStatus(response.body, 14);
      });
  });

  describe('methods and paths', () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS'])
      it(`${method} of /v1/traces is 405 with Allow: POST (RFC 9110, 15.5.6)`, async () => {
        const response = await exchange(
          collector.httpPort,
          `${method} /v1/traces HTTP/1.1\nHost: localhost\n\n`,
        );
        assert.equal(response.status, 405);
        assert.equal(response.headers.get('allow'), 'POST');
      });

    for (const path of [
      '/',
      '/v1',
      '/v1/traces/',
      '/v1/Traces',
      '//v1/traces',
      '/v1/traces/../x',
      '/v2/traces',
      '*',
    ])
      it(`POST ${path} is 404`, async () => {
        const body = newJson(1);
        const response = await exchange(
          collector.httpPort,
          postHead(body, `Content-Type: ${js}`, path),
          body,
        );
        assert.equal(response.status, 404);
        assert.equal((JSON.parse(response.body.toString()) as { code: number }).code, 5);
        assert.equal(collector.spans, 0);
      });

    it('a query is no part of the path', async () => {
      const body = newJson(1);
      const head = postHead(body, `Content-Type: ${js}`, '/v1/traces?token=a#b');
      assert.equal((await exchange(collector.httpPort, head, body)).status, 200);
    });
  });

  it('OTLP/HTTP Response: the answer stays below 4 MiB by far, whatever is wrong with how much', async () => {
    const worst: [string, string | Uint8Array][] = [
      [js, newJson(0, 1500)],
      [js, `{"resourceSpans":[${'{},'.repeat(60_000)}7]}`],
      [js, `{"${'x'.repeat(190_000)}`],
      [`text/${'x'.repeat(20_000)}`, 'x'],
      [pb, badProtobuf(3)],
    ];
    for (const [type, body] of worst) {
      const response = await post(body, `Content-Type: ${type}`);
      assert.ok(response.body.length > 0 && response.body.length < 4096, String(response.body.length));
    }
    const path = `/${'x'.repeat(20_000)}`;
    const missing = await exchange(collector.httpPort, postHead('{}', `Content-Type: ${js}`, path), '{}');
    assert.ok(missing.body.length < 4096);
  });

  it('OTLP/HTTP Response: is not compressed, which a client that takes gzip must take', async () => {
    const response = await post(newJson(1), `Content-Type: ${js}`, 'Accept-Encoding: gzip');
    assert.equal(response.headers.get('content-encoding'), undefined);
    assert.equal(response.body.toString(), '{}');
  });

  it('says who it is, and that its answers are what they say', async () => {
    const { headers } = await post(newJson(1), `Content-Type: ${js}`);
    assert.equal(headers.get('server'), 'Causeway');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  });
});

/** A google.rpc.Status with this code and some message; one of bad data says what is wrong (BadRequest). */
function assertStatus(body: Buffer, code: number, isBadData = false): void {
  const status = readRpcStatus(body);
  assert.equal(status.code, code);
  assert.ok(status.message.length > 5, status.message);
  assert.deepEqual(status.violation, isBadData ? { field: '', description: status.message } : undefined);
}

function withLastByteChanged(bytes: Uint8Array): Uint8Array {
  const last = bytes.length - 5;
  return bytes.map((byte, index) => (index === last ? byte ^ 1 : byte));
}
