import assert from 'node:assert/strict';
import { promisify } from 'node:util';
import { deflateSync, gzipSync } from 'node:zlib';
import { Client, compressionAlgorithms, credentials, status, type ChannelOptions } from '@grpc/grpc-js';
import { encodeExportResponse } from '../../../../../src/otlp/exportResponse';
import { readRpcStatus } from '../../../otlp/support/readRpcStatus';
import { CollectorHere } from './collectorHere';
import { answerOf, exportPath, framed, RawGrpc, type GrpcAnswer } from './rawGrpc';
import { badProtobuf, newProtobuf } from './spans';

const mebibyte = 2 ** 20;

/** Section names are those of the OTLP specification, 1.11, unless gRPC's PROTOCOL-HTTP2.md is named. */
describe('OTLP/gRPC calls', () => {
  let collector: CollectorHere;
  let grpc: RawGrpc;
  beforeEach(async () => {
    collector = await CollectorHere.open();
    grpc = await RawGrpc.open(collector.grpcPort);
  });
  afterEach(async () => {
    grpc.close();
    await collector.close();
  });

  async function succeeds(body: Uint8Array, headers?: Record<string, string>): Promise<GrpcAnswer> {
    const answer = await grpc.call(body, headers);
    assert.equal(answer.grpcStatus, status.OK, answer.message);
    return answer;
  }

  it('Full Success: OK, and partial_success is unset', async () => {
    const answer = await succeeds(framed(newProtobuf(2)));
    assert.equal(answer.httpStatus, 200);
    assert.match(answer.headers['content-type'] ?? '', /^application\/grpc/);
    assert.deepEqual(answer.body, framed(new Uint8Array()));
    assert.equal(collector.spans, 2);
  });

  it('Full Success of a request without spans', async () => {
    for (const bytes of [new Uint8Array(), Buffer.from([0x0a, 0x00]), Buffer.from('fa7f026869', 'hex')])
      assert.deepEqual((await succeeds(framed(bytes))).body, framed(new Uint8Array()));
  });

  it('Partial Success: OK with the number of rejected spans and why; the good ones are kept', async () => {
    const answer = await succeeds(framed(Buffer.concat([newProtobuf(3), badProtobuf(2)])));
    const expected = encodeExportResponse(2, '2 spans: trace id that is not 16 bytes or all zero');
    assert.deepEqual(answer.body, framed(expected));
    assert.equal(collector.spans, 3);
  });

  describe('Failures: INVALID_ARGUMENT, which clients do not send again, for', () => {
    for (const [what, bytes] of [
      ['a truncated message', () => newProtobuf(1).subarray(0, -3)],
      ['a length beyond the end', () => Buffer.from('0affffffff0f', 'hex')],
      ['a group that does not end', () => Buffer.from([0x0b])],
      ['text', () => Buffer.from('not protobuf at all')],
    ] as const)
      it(what, async () => {
        const answer = await grpc.call(framed(bytes()));
        assert.equal(answer.grpcStatus, status.INVALID_ARGUMENT);
        assert.match(answer.message, /malformed protobuf/);
        assert.deepEqual(readRpcStatus(answer.details), {
          code: status.INVALID_ARGUMENT,
          message: answer.message,
          violation: { field: '', description: answer.message },
        });
        assert.equal(collector.spans, 0);
      });
  });

  it('OTLP/gRPC Throttling: UNAVAILABLE with RetryInfo where spans cannot be kept now', async () => {
    await collector.breakEngine();
    const answer = await grpc.call(framed(newProtobuf(1)));
    assert.equal(answer.grpcStatus, status.UNAVAILABLE);
    assert.deepEqual(readRpcStatus(answer.details), {
      code: status.UNAVAILABLE,
      message: answer.message,
      retryAfterSeconds: 5,
    });
  });

  describe('PROTOCOL-HTTP2.md: UNIMPLEMENTED for', () => {
    for (const path of [
      '/opentelemetry.proto.collector.profiles.v1.TraceService/Export',
      '/opentelemetry.proto.collector.trace.v1.TraceService/Import',
      '/opentelemetry.proto.collector.trace.v1.TraceService',
      '/opentelemetry.proto.collector.trace.v1.traceservice/export',
      '/grpc.health.v1.Health/Check',
      '/v1/traces',
      '/__proto__/constructor',
      '/',
    ])
      it(path, async () => {
        const answer = await grpc.call(framed(newProtobuf(1)), { ':path': path });
        assert.equal(answer.grpcStatus, status.UNIMPLEMENTED);
        assert.equal(collector.spans, 0);
      });
  });

  describe('PROTOCOL-HTTP2.md, Content-Type:', () => {
    for (const type of ['application/grpc', 'application/grpc+proto'])
      it(`${type} is taken`, () =>
        succeeds(framed(newProtobuf(1)), { 'content-type': type }).then(() => undefined));

    for (const type of ['application/json', 'application/x-protobuf', 'text/plain'])
      it(`${type} is HTTP status 415`, async () => {
        const answer = await grpc.call(framed(newProtobuf(1)), { 'content-type': type });
        assert.equal(answer.httpStatus, 415);
        assert.equal(collector.spans, 0);
      });
  });

  describe('PROTOCOL-HTTP2.md, Message-Encoding:', () => {
    for (const [coding, body] of [
      ['gzip', () => framed(gzipSync(newProtobuf(2)), 1)],
      ['deflate', () => framed(deflateSync(newProtobuf(2)), 1)],
      ['gzip', () => framed(newProtobuf(2), 0)],
      ['identity', () => framed(newProtobuf(2), 0)],
    ] as const)
      it(`${coding} with the compressed flag ${body()[0]}`, async () => {
        await succeeds(body(), { 'grpc-encoding': coding });
        assert.equal(collector.spans, 2);
      });

    it('snappy is UNIMPLEMENTED', async () => {
      const answer = await grpc.call(framed(newProtobuf(1), 1), { 'grpc-encoding': 'snappy' });
      assert.equal(answer.grpcStatus, status.UNIMPLEMENTED);
      assert.match(answer.message, /unsupported encoding "snappy"/);
      const ok = await succeeds(framed(newProtobuf(1)));
      assert.match(String(ok.headers['grpc-accept-encoding']), /\bgzip\b/, 'what is taken');
    });

    for (const [what, bytes] of [
      ['damaged', () => Buffer.from('garbage')],
      ['truncated', () => gzipSync(newProtobuf(1)).subarray(0, -9)],
    ] as const)
      it(`${what} gzip fails, and stores nothing`, async () => {
        const answer = await grpc.call(framed(bytes(), 1), { 'grpc-encoding': 'gzip' });
        assert.equal(answer.grpcStatus, status.INTERNAL);
        assert.equal(collector.spans, 0);
      });
  });

  describe('message size:', () => {
    it('40 MiB are taken, plain and as gzip', async () => {
      const bytes = newProtobuf(1, 40 * mebibyte);
      await succeeds(framed(bytes));
      await succeeds(framed(gzipSync(newProtobuf(1, 40 * mebibyte), { level: 1 }), 1), {
        'grpc-encoding': 'gzip',
      });
      assert.equal(collector.spans, 2);
    });

    it('more than 64 MiB is RESOURCE_EXHAUSTED by its length alone', async () => {
      const stream = grpc.begin();
      stream.write(Buffer.from([0, 0x04, 0, 0, 0x01]));
      const answer = await answerOf(stream);
      assert.equal(answer.grpcStatus, status.RESOURCE_EXHAUSTED);
    });

    it('a decompression bomb is RESOURCE_EXHAUSTED', async () => {
      const bomb = gzipSync(Buffer.alloc(65 * mebibyte), { level: 1 });
      const answer = await grpc.call(framed(bomb, 1), { 'grpc-encoding': 'gzip' });
      assert.equal(answer.grpcStatus, status.RESOURCE_EXHAUSTED);
      await succeeds(framed(newProtobuf(1)));
    });
  });

  describe('PROTOCOL-HTTP2.md, Timeout:', () => {
    it('a call whose message does not come before its deadline is DEADLINE_EXCEEDED', async () => {
      const stream = grpc.begin({ 'grpc-timeout': '50m' });
      stream.write(framed(newProtobuf(1)).subarray(0, 20));
      assert.equal((await answerOf(stream)).grpcStatus, status.DEADLINE_EXCEEDED);
      assert.equal(collector.spans, 0);
    });

    it('a call within its deadline succeeds', async () => {
      await succeeds(framed(newProtobuf(1)), { 'grpc-timeout': '20S' });
    });
  });

  it('a call that its client gives up in the middle of the message stores nothing', async () => {
    const stream = grpc.begin();
    stream.on('error', () => undefined);
    stream.write(framed(newProtobuf(10)).subarray(0, 50));
    stream.close(8);
    await succeeds(framed(newProtobuf(1)));
    assert.equal(collector.spans, 1);
  });

  it('a message in many small frames is one message', async () => {
    const stream = grpc.begin();
    for (const byte of framed(newProtobuf(1))) stream.write(Buffer.from([byte]));
    stream.end();
    assert.equal((await answerOf(stream)).grpcStatus, status.OK);
    assert.equal(collector.spans, 1);
  });

  it('a stream without a message, and one with two, end with a status', async () => {
    assert.notEqual((await grpc.call(new Uint8Array())).grpcStatus, status.OK);
    const two = await grpc.call(Buffer.concat([framed(newProtobuf(1)), framed(newProtobuf(1))]));
    assert.ok(two.grpcStatus > 0, 'unary: exactly one message');
  });

  describe('from a real client', () => {
    const clients: Client[] = [];
    afterEach(() => {
      for (const client of clients.splice(0)) client.close();
    });

    function exporter(options: ChannelOptions = {}): (bytes: Uint8Array) => Promise<Buffer | undefined> {
      const client = new Client(`localhost:${collector.grpcPort}`, credentials.createInsecure(), options);
      clients.push(client);
      const same = (bytes: Buffer): Buffer => bytes;
      return promisify((bytes: Uint8Array, done: (error: Error | null, answer?: Buffer) => void) =>
        client.makeUnaryRequest(exportPath, same, same, Buffer.from(bytes), done),
      );
    }

    it('300 at once on one connection, 100 of them at a time, all succeed', async () => {
      const send = exporter();
      await Promise.all(Array.from({ length: 300 }, () => send(newProtobuf(1))));
      assert.equal(collector.spans, 300);
    });

    it('gzip', async () => {
      await exporter({ 'grpc.default_compression_algorithm': compressionAlgorithms.gzip })(newProtobuf(2));
      assert.equal(collector.spans, 2);
    });
  });
});
