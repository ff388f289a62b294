import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { openHttpReceiver } from '../../../../src/collector/receiver/httpReceiver';
import { listeningPort, nextFreePort } from '../../../../src/collector/receiver/listenLoopback';
import type { Receiver } from '../../../../src/collector/receiver/portBinding';
import { encodeExportResponse } from '../../../../src/otlp/exportResponse';
import { readRpcStatus } from '../../otlp/support/readRpcStatus';
import { UnavailableError } from '../../../../src/collector/unavailableError';
import { bomb, json, protobuf, Receiving, sendRaw } from './receiving';

const limit = 100_000;
const pb = { 'content-type': 'application/x-protobuf' };
const js = { 'content-type': 'application/json' };

describe('the OTLP/HTTP receiver', () => {
  let receiving: Receiving;
  let receiver: Receiver;
  let base: string;

  beforeEach(async () => {
    receiving = new Receiving(limit);
    receiver = openHttpReceiver(receiving.options);
    await receiver.configure(0);
    base = `http://127.0.0.1:${portOf(receiver)}`;
  });
  afterEach(() => receiver.close());

  function portOf({ state }: Receiver): number {
    assert.equal(state.state, 'listening', JSON.stringify(state));
    return state.port;
  }

  function post(body: NonNullable<RequestInit['body']>, headers: Record<string, string>): Promise<Response> {
    return fetch(`${base}/v1/traces`, { method: 'POST', body, headers });
  }

  function bytesOf(bytes: Uint8Array): number[] {
    return [...bytes];
  }

  async function bodyOf(response: Response): Promise<number[]> {
    return [...new Uint8Array(await response.arrayBuffer())];
  }

  describe('takes', () => {
    const taken: [
      name: string,
      body: () => NonNullable<RequestInit['body']>,
      headers: Record<string, string>,
    ][] = [
      ['protobuf', () => protobuf('a', 'b'), pb],
      [
        'protobuf with gzip',
        () => new Uint8Array(gzipSync(protobuf('a', 'b'))),
        { ...pb, 'content-encoding': 'gzip' },
      ],
      [
        'protobuf with deflate',
        () => new Uint8Array(deflateSync(protobuf('a', 'b'))),
        { ...pb, 'content-encoding': 'deflate' },
      ],
      [
        'protobuf with deflate but without the zlib header',
        () => new Uint8Array(deflateRawSync(protobuf('a', 'b'))),
        { ...pb, 'content-encoding': 'deflate' },
      ],
      ['protobuf marked as identity', () => protobuf('a', 'b'), { ...pb, 'content-encoding': 'identity' }],
      ['JSON', () => json('a', 'b'), js],
      ['JSON with a charset', () => json('a', 'b'), { 'content-type': 'application/json; charset=utf-8' }],
      ['JSON with a byte order mark', () => `\ufeff${json('a', 'b')}`, js],
      [
        'JSON with gzip',
        () => new Uint8Array(gzipSync(json('a', 'b'))),
        { ...js, 'content-encoding': 'gzip' },
      ],
    ];
    for (const [name, body, headers] of taken)
      it(`${name}, and answers in the same encoding with nothing rejected`, async () => {
        const response = await post(body(), headers);
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('content-type'), headers['content-type']?.split(';')[0]);
        assert.equal(await response.text(), headers['content-type'] === pb['content-type'] ? '' : '{}');
        assert.deepEqual(receiving.names, ['a', 'b']);
      });

    it('chunked bodies', async () => {
      const body = protobuf('a');
      const head = `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
      const chunks = [body.subarray(0, 5), body.subarray(5)].flatMap(part => [
        Buffer.from(`${part.length.toString(16)}\r\n`),
        part,
        Buffer.from('\r\n'),
      ]);
      const answer = await sendRaw(
        portOf(receiver),
        Buffer.concat([Buffer.from(head), ...chunks, Buffer.from('0\r\n\r\n')]),
      );
      assert.match(answer, /^HTTP\/1\.1 200 /);
      assert.deepEqual(receiving.names, ['a']);
    });

    it('an empty request', async () => {
      assert.equal((await post(new Uint8Array(), pb)).status, 200);
      assert.equal((await post('{}', js)).status, 200);
    });

    it('requests on ::1 as well, on the same port', async () => {
      base = `http://[::1]:${portOf(receiver)}`;
      assert.equal((await post(protobuf('a'), pb)).status, 200);
    });
  });

  describe('keeps the good part of a batch and counts the rest', () => {
    const message = '2 spans: trace id that is not 16 bytes or all zero';

    it('in protobuf', async () => {
      const response = await post(protobuf('a', '!b', '!c'), pb);
      assert.equal(response.status, 200);
      assert.deepEqual(await bodyOf(response), bytesOf(encodeExportResponse(2, message)));
      assert.deepEqual(receiving.names, ['a']);
      assert.deepEqual(
        receiving.lines.filter(line => line.startsWith('warn')),
        [`warn http left out of an export: ${message}`],
      );
    });

    it('in JSON', async () => {
      const response = await post(json('a', '!b', '!c'), js);
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), {
        partialSuccess: { rejectedSpans: '2', errorMessage: message },
      });
      assert.deepEqual(receiving.names, ['a']);
    });
  });

  describe('refuses, in the encoding of the request and with a line in the log,', () => {
    const damaged: [
      name: string,
      status: number,
      code: number,
      body: () => NonNullable<RequestInit['body']>,
      headers: Record<string, string>,
      says: RegExp,
    ][] = [
      ['truncated protobuf', 400, 3, () => protobuf('a').slice(0, -3), pb, /malformed protobuf/],
      ['garbage as protobuf', 400, 3, () => 'garbage', pb, /malformed protobuf/],
      ['garbage as JSON', 400, 3, () => '{"resourceSpans": [', js, /not JSON/],
      ['JSON that is no export request', 400, 3, () => '[1, 2]', js, /invalid OTLP\/JSON/],
      [
        'a body that is not the gzip it says',
        400,
        3,
        () => protobuf('a'),
        { ...pb, 'content-encoding': 'gzip' },
        /not valid gzip/,
      ],
      [
        'truncated gzip',
        400,
        3,
        () => new Uint8Array(gzipSync(protobuf('a')).subarray(0, 30)),
        { ...pb, 'content-encoding': 'gzip' },
        /not valid gzip/,
      ],
      [
        'an encoding it does not know',
        415,
        3,
        () => protobuf('a'),
        { ...pb, 'content-encoding': 'zstd' },
        /zstd/,
      ],
      ['a body over the limit', 413, 8, () => new Uint8Array(limit + 1), pb, /larger than 100000 bytes/],
      ['JSON over the limit', 413, 8, () => ' '.repeat(limit + 1), js, /larger than 100000 bytes/],
      [
        'a decompression bomb',
        413,
        8,
        () => bomb(50_000_000),
        { ...pb, 'content-encoding': 'gzip' },
        /larger than 100000 bytes/,
      ],
    ];
    for (const [name, status, code, body, headers, says] of damaged)
      it(`${name}: ${status}`, async () => {
        const response = await post(body(), headers);
        assert.equal(response.status, status);
        assert.equal(response.headers.get('content-type'), headers['content-type']);
        const bytes = await bodyOf(response);
        const line = receiving.lines.find(each => each.startsWith('warn http'));
        assert.ok(line, 'nothing in the log');
        const message = line.replace(/^warn http refused POST \/v1\/traces with \d+: /, '');
        assert.match(message, says);
        const told =
          headers['content-type'] === pb['content-type']
            ? readRpcStatus(Uint8Array.from(bytes))
            : (JSON.parse(Buffer.from(bytes).toString()) as { code: number; message: string });
        assert.deepEqual({ code: told.code, message: told.message }, { code, message });
        assert.deepEqual(receiving.names, []);
        assert.equal((await post(protobuf('after'), pb)).status, 200);
      });

    it('a chunked body over the limit', async () => {
      const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000), Buffer.from('\r\n')]);
      const head = `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nTransfer-Encoding: chunked\r\n\r\n`;
      const answer = await sendRaw(
        portOf(receiver),
        Buffer.concat([Buffer.from(head), chunk, chunk, Buffer.from('0\r\n\r\n')]),
      );
      assert.match(answer, /^HTTP\/1\.1 413 /);
    });

    it('a body that is announced as far over the limit, without waiting for it', async () => {
      const head =
        'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n';
      assert.match(await sendRaw(portOf(receiver), head), /^HTTP\/1\.1 413 /);
    });

    it('a body somewhat over the limit only when all of it was read, so that the client hears the answer', async () => {
      const body = Buffer.alloc(2 * limit - 1);
      const head = `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
      const socket = connect(portOf(receiver), '127.0.0.1');
      let text = '';
      socket.on('data', data => (text += data.toString('latin1')));
      socket.write(head);
      socket.write(body.subarray(1));
      await new Promise(resolve => setTimeout(resolve, 50));
      assert.equal(text, '', 'one byte is missing');
      socket.write(body.subarray(0, 1));
      await once(socket, 'close');
      assert.match(text, /^HTTP\/1\.1 413 /);
    });

    it('a chunked body that never ends: 413, and the connection ends', async () => {
      const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000), Buffer.from('\r\n')]);
      const socket = connect(portOf(receiver), '127.0.0.1');
      socket.write(
        'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      const more = setInterval(() => socket.write(chunk), 1);
      let text = '';
      socket.on('data', data => (text += data.toString('latin1')));
      socket.on('error', () => undefined);
      await once(socket, 'close');
      clearInterval(more);
      assert.match(text, /^HTTP\/1\.1 413 [^]*Connection: close/);
    });

    it('a request whose client goes away in the middle, and takes no harm', async () => {
      const socket = connect(portOf(receiver), '127.0.0.1');
      socket.write(
        'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\nContent-Length: 1000\r\n\r\nhalf',
      );
      await once(socket, 'connect');
      socket.resetAndDestroy();
      while (!receiving.lines.some(line => line.includes('before its body was complete')))
        await new Promise(resolve => setTimeout(resolve, 5));
      assert.equal((await post(protobuf('after'), pb)).status, 200);
    });

    for (const type of ['text/plain', 'application/json; charset=utf-16', 'application/grpc', ''])
      it(`the content type ${JSON.stringify(type)}: 415, as JSON`, async () => {
        const response = await post(new Blob([protobuf('a')]), type === '' ? {} : { 'content-type': type });
        assert.equal(response.status, 415);
        assert.equal(response.headers.get('content-type'), 'application/json');
        assert.match(await response.text(), /Send application\/x-protobuf or application\/json/);
        assert.match(receiving.lines.join('\n'), /415/);
      });

    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])
      it(`the method ${method}: 405 with Allow`, async () => {
        const response = await fetch(`${base}/v1/traces`, { method });
        assert.equal(response.status, 405);
        assert.equal(response.headers.get('allow'), 'POST');
      });

    for (const path of ['/', '/v1/trace', '/v1/traces/', '/v1/profiles', '/..%2fv1/traces'])
      it(`the path ${path}: 404`, async () => {
        const response = await fetch(`${base}${path}`, { method: 'POST', body: '{}', headers: js });
        assert.equal(response.status, 404);
        assert.equal(((await response.json()) as { code: number }).code, 5);
      });

    it('a foreign Host: 403 with what is the matter, whatever the path', async () => {
      for (const path of ['/v1/traces', '/'])
        for (const host of ['evil.example', 'evil.example:4318', '127.0.0.1.evil.example']) {
          const answer = await sendRaw(
            portOf(receiver),
            `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
          );
          assert.match(answer, /^HTTP\/1\.1 403 /);
          assert.match(answer, /not a loopback name/);
        }
    });

    it('what is not HTTP/1.1: 400 that names the gRPC port', async () => {
      const answer = await sendRaw(portOf(receiver), 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
      assert.match(answer, /^HTTP\/1\.1 400 /);
      assert.match(answer, /OTLP\/gRPC has a port of its own/);
      assert.match(
        await sendRaw(portOf(receiver), '\x16\x03\x01\x02\x00\x01\x00\x01\xfc'),
        /^HTTP\/1\.1 400 /,
      );
    });
  });

  it('asks to try again later when spans cannot be kept', async () => {
    receiving.failure = new UnavailableError('the disk is full');
    const response = await post(json('a'), js);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('retry-after'), '5');
    assert.equal(((await response.json()) as { code: number }).code, 14);
    assert.match(
      receiving.lines.join('\n'),
      /warn http refused POST \/v1\/traces with 503: .*the disk is full/,
    );
  });

  it('survives a defect behind it, with the stack in the log', async () => {
    receiving.failure = new TypeError('x is not a function');
    assert.equal((await post(protobuf('a'), pb)).status, 503);
    assert.match(receiving.lines.join('\n'), /error ingest TypeError: x is not a function\n +at /);
  });

  it('asks to try again later when the collector is about to end', async () => {
    receiving.leaving = true;
    assert.equal((await post(protobuf('a'), pb)).status, 503);
    assert.deepEqual(receiving.names, []);
  });

  describe('lets pages', () => {
    it('of loopback send spans, preflight included', async () => {
      const origin = 'http://localhost:3000';
      const preflight = await fetch(`${base}/v1/traces`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-a',
        },
      });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('access-control-allow-origin'), origin);
      assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type,x-a');
      const response = await post(json('a'), { ...js, origin });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('access-control-allow-origin'), origin);
    });

    for (const origin of ['https://evil.example', 'null', 'vscode-webview://x'])
      it(`of ${origin} neither send nor read`, async () => {
        for (const method of ['OPTIONS', 'POST']) {
          const response = await fetch(`${base}/v1/traces`, { method, headers: { ...js, origin } });
          assert.equal(response.status, 403);
          assert.equal(response.headers.get('access-control-allow-origin'), null);
        }
      });

    it('of loopback read nothing but the OTLP paths', async () => {
      const response = await fetch(`${base}/`, { headers: { origin: 'http://localhost:3000' } });
      assert.equal(response.headers.get('access-control-allow-origin'), null);
    });
  });

  describe('on a port that is taken', () => {
    it('says who has it and which is free, and comes up once told another', async () => {
      const blocker = createServer();
      blocker.listen(0, '127.0.0.1');
      await once(blocker, 'listening');
      try {
        const port = listeningPort(blocker);
        await receiver.configure(port);
        assert.ok(receiver.state.state === 'failed');
        assert.equal(receiver.state.reason, 'port-taken');
        assert.equal(receiver.state.port, port);
        assert.match(receiver.state.message, new RegExp(`Port ${port} is taken by `));
        if (process.platform === 'linux')
          assert.match(receiver.state.holder ?? '', new RegExp(`\\(pid ${process.pid}\\)$`));
        assert.ok(receiver.state.freePort !== undefined && receiver.state.freePort > port);
        await receiver.configure(receiver.state.freePort);
        base = `http://127.0.0.1:${portOf(receiver)}`;
        assert.equal((await post(protobuf('a'), pb)).status, 200);
      } finally {
        blocker.close();
      }
    });

    it('does not listen on half of it', async () => {
      const blocker = createServer();
      blocker.listen(0, '::1');
      await once(blocker, 'listening');
      try {
        const port = listeningPort(blocker);
        await receiver.configure(port);
        assert.equal(receiver.state.state, 'failed');
        await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
      } finally {
        blocker.close();
      }
    });
  });

  it('leaves the old port when it is told a new one', async () => {
    const old = portOf(receiver);
    const other = await nextFreePort(old);
    assert.ok(other !== undefined);
    await receiver.configure(other);
    assert.equal(portOf(receiver), other);
    await assert.rejects(fetch(`${base}/`), 'nobody listens there any more');
  });

  it('stays where it is when any port will do', async () => {
    const old = portOf(receiver);
    await receiver.configure(0);
    assert.equal(portOf(receiver), old);
  });
});
