import assert from 'node:assert/strict';
import { deflateSync, gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { encodeExportResponse } from '../../../../../src/otlp/exportResponse';
import { encodeLogsDocument, logsDocument } from '../../../otlp/support/logRequests';
import { encodeMetrics, metricsDocument } from '../../../otlp/support/metricRequests';
import { readRpcStatus } from '../../../otlp/support/readRpcStatus';
import { CollectorHere } from './collectorHere';
import { framed, RawGrpc } from './rawGrpc';
import { exchange, postHead, type RawResponse } from './rawHttp';
import { newJson, newProtobuf } from './spans';

const pb = 'application/x-protobuf';
const js = 'application/json';

const metrics = metricsDocument([{ kind: 'sum', points: 3 }]);
const logs = logsDocument(2);

interface SignalCase {
  readonly name: string;
  readonly path: string;
  readonly service: string;
  /** The first member of its request. */
  readonly list: string;
  /** The member of the partial success that counts, and the item in words; absent where nothing is left out. */
  readonly partial?: readonly [member: string, item: string, scoped: string, items: string];
  readonly protobuf: () => Uint8Array;
  readonly json: () => string;
}

const signals: SignalCase[] = [
  {
    name: 'traces',
    path: '/v1/traces',
    service: 'opentelemetry.proto.collector.trace.v1.TraceService',
    list: 'resourceSpans',
    partial: ['rejectedSpans', 'span', 'scopeSpans', 'spans'],
    protobuf: () => newProtobuf(2),
    json: () => newJson(2),
  },
  {
    name: 'metrics',
    path: '/v1/metrics',
    service: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
    list: 'resourceMetrics',
    protobuf: () => encodeMetrics(metrics),
    json: () => JSON.stringify(metrics),
  },
  {
    name: 'logs',
    path: '/v1/logs',
    service: 'opentelemetry.proto.collector.logs.v1.LogsService',
    list: 'resourceLogs',
    partial: ['rejectedLogRecords', 'log record', 'scopeLogs', 'logRecords'],
    protobuf: () => encodeLogsDocument(logs),
    json: () => JSON.stringify(logs),
  },
];

/** What holds for each signal alike. Section names are those of the OTLP specification, 1.11. */
for (const { name, path, service, list, partial, protobuf, json } of signals)
  describe(`OTLP ${name}`, () => {
    let collector: CollectorHere;
    let grpc: RawGrpc;
    before(async () => {
      collector = await CollectorHere.open({ maxBodyBytes: 200_000 });
      grpc = await RawGrpc.open(collector.grpcPort);
    });
    after(async () => {
      grpc.close();
      await collector.close();
      assert.deepEqual(
        collector.lines.filter(line => line.startsWith('error')),
        [],
        'nothing unforeseen',
      );
    });

    function post(body: string | Uint8Array, headers: string): Promise<RawResponse> {
      return exchange(collector.httpPort, postHead(body, headers, path), body);
    }
    const call = (bytes: Uint8Array, headers: Record<string, string> = {}, flag = 0) =>
      grpc.call(framed(bytes, flag), { ':path': `/${service}/Export`, ...headers });

    const codings: [coding: string, encode: (bytes: Uint8Array) => Uint8Array][] = [
      ['identity', bytes => bytes],
      ['gzip', bytes => gzipSync(bytes)],
      ['deflate', bytes => deflateSync(bytes)],
    ];
    for (const [coding, encode] of codings) {
      for (const type of [pb, js])
        it(`Full Success, Protocol Details (compression): ${type} with ${coding} is 200 without partial_success`, async () => {
          const plain = type === js ? Buffer.from(json()) : protobuf();
          const response = await post(encode(plain), `Content-Type: ${type}\nContent-Encoding: ${coding}`);
          assert.equal(response.status, 200);
          assert.equal(response.headers.get('content-type'), type);
          assert.equal(response.body.toString(), type === js ? '{}' : '');
        });

      it(`Full Success, Protocol Details (compression): gRPC with ${coding} is OK without partial_success`, async () => {
        const flag = coding === 'identity' ? 0 : 1;
        const answer = await call(encode(protobuf()), { 'grpc-encoding': coding }, flag);
        assert.equal(answer.grpcStatus, status.OK, answer.message);
        assert.deepEqual(answer.body, framed(new Uint8Array()));
      });
    }

    it('Full Success: a request that carries nothing succeeds', async () => {
      assert.equal((await post('', `Content-Type: ${pb}`)).status, 200);
      for (const body of ['{}', `{"${list}":[]}`, `{"${list}":null}`, `{"${list}":[{}]}`, '{"future":1}'])
        assert.equal((await post(body, `Content-Type: ${js}`)).status, 200, body);
      for (const bytes of [new Uint8Array(), Buffer.from([0x0a, 0])])
        assert.equal((await call(bytes)).grpcStatus, status.OK);
    });

    it('Future Versions: unknown fields are ignored, in protobuf and in JSON', async () => {
      // Field 2047 as a varint, as 64 bits, as bytes and as 32 bits.
      const future = Buffer.from('f87f01f97f0000000000000000fa7f026869fd7f00000000', 'hex');
      const bytes = Buffer.concat([protobuf(), future]);
      assert.equal((await post(bytes, `Content-Type: ${pb}`)).status, 200);
      assert.equal((await call(bytes)).grpcStatus, status.OK);
      const document = { ...(JSON.parse(json()) as object), future: { a: [1, { b: null }] } };
      assert.equal((await post(JSON.stringify(document), `Content-Type: ${js}`)).status, 200);
    });

    if (partial)
      it('Partial Success: what is malformed is counted and named, in every encoding', async () => {
        const [counter, item, scoped, items] = partial;
        const reason = `2 ${item}s: malformed ${item}`;
        const response = encodeExportResponse(2, reason);
        // Field 1 of a request, 2 of that, and twice 2 of that with a group that does not end.
        const bad = Buffer.concat([protobuf(), Buffer.from('0a08120612010b12010b', 'hex')]);
        const overHttp = await post(bad, `Content-Type: ${pb}`);
        assert.deepEqual([overHttp.status, overHttp.body], [200, Buffer.from(response)]);
        const overGrpc = await call(bad);
        assert.deepEqual([overGrpc.grpcStatus, overGrpc.body], [status.OK, framed(response)]);
        const text = JSON.stringify({ [list]: [{ [scoped]: [{ [items]: [7, null] }] }] });
        const inJson = await post(text, `Content-Type: ${js}`);
        assert.equal(inJson.status, 200);
        assert.deepEqual(JSON.parse(inJson.body.toString()), {
          partialSuccess: { [counter]: '2', errorMessage: reason },
        });
      });

    it('Bad Data: 400 with a Status that holds a BadRequest, in the encoding of the request', async () => {
      const cut = await post(protobuf().subarray(0, -3), `Content-Type: ${pb}`);
      assert.deepEqual([cut.status, cut.headers.get('content-type')], [400, pb]);
      const { code, message, violation } = readRpcStatus(cut.body);
      assert.equal(code, 3);
      assert.deepEqual(violation, { field: '', description: message });

      const wrong = await post(JSON.stringify({ [list]: [{}, 7] }), `Content-Type: ${js}`);
      assert.deepEqual([wrong.status, wrong.headers.get('content-type')], [400, js]);
      const told = JSON.parse(wrong.body.toString()) as { code: number; message: string; details: unknown };
      assert.equal(told.code, 3);
      assert.deepEqual(told.details, [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [{ field: `${list}[1]`, description: told.message }],
        },
      ]);
      for (const response of [cut, wrong]) assert.equal(response.headers.get('retry-after'), undefined);
    });

    it('Failures: gRPC is INVALID_ARGUMENT with a BadRequest', async () => {
      const answer = await call(protobuf().subarray(0, -3));
      assert.equal(answer.grpcStatus, status.INVALID_ARGUMENT);
      const { violation, retryAfterSeconds } = readRpcStatus(answer.details);
      assert.deepEqual(violation, { field: '', description: answer.message });
      assert.equal(retryAfterSeconds, undefined);
    });

    it('OTLP/HTTP Request: more than the limit, also after decompression, is 413', async () => {
      assert.equal((await post(Buffer.alloc(200_001), `Content-Type: ${pb}`)).status, 413);
      const bomb = gzipSync(Buffer.alloc(10_000_000));
      const response = await post(bomb, `Content-Type: ${pb}\nContent-Encoding: gzip`);
      assert.equal(response.status, 413);
      assert.equal(readRpcStatus(response.body).code, 8);
    });

    it('OTLP/gRPC Request: more than the limit, also after decompression, is RESOURCE_EXHAUSTED without RetryInfo', async () => {
      const bomb = gzipSync(Buffer.alloc(10_000_000));
      for (const answer of [
        await call(Buffer.alloc(200_001)),
        await call(bomb, { 'grpc-encoding': 'gzip' }, 1),
      ]) {
        assert.equal(answer.grpcStatus, status.RESOURCE_EXHAUSTED);
        assert.equal(answer.details.length, 0, 'not retryable');
      }
    });

    for (const method of ['GET', 'PUT', 'HEAD'])
      it(`OTLP/HTTP: ${method} is 405`, async () => {
        const head = `${method} ${path} HTTP/1.1\nHost: localhost\n\n`;
        const response = await exchange(collector.httpPort, head);
        assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST']);
      });

    it('JSON Protobuf Encoding: other types and charsets are 415', async () => {
      for (const type of ['text/plain', 'application/json; charset=utf-16', 'application/grpc'])
        assert.equal((await post(json(), `Content-Type: ${type}`)).status, 415);
    });

    it('OTLP/gRPC Service and Protobuf Definitions: Export is the one method', async () => {
      for (const method of ['export', 'Import', ''])
        assert.equal(
          (await call(protobuf(), { ':path': `/${service}/${method}` })).grpcStatus,
          status.UNIMPLEMENTED,
        );
    });

    it('OTLP/HTTP Connection: one port takes protobuf and JSON', async () => {
      for (const [type, body] of [
        [pb, protobuf()],
        [js, json()],
        [pb, protobuf()],
      ] as const)
        assert.equal((await post(body, `Content-Type: ${type}`)).status, 200);
    });
  });

describe('OTLP profiles, a signal in development', () => {
  let collector: CollectorHere;
  before(async () => (collector = await CollectorHere.open()));
  after(() => collector.close());

  it('are 404 over HTTP and UNIMPLEMENTED over gRPC: their SDK is told that nobody takes them', async () => {
    const head = postHead('{}', `Content-Type: ${js}`, '/v1development/profiles');
    assert.equal((await exchange(collector.httpPort, head, '{}')).status, 404);
    const grpc = await RawGrpc.open(collector.grpcPort);
    const answer = await grpc.call(framed(new Uint8Array()), {
      ':path': '/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export',
    });
    assert.equal(answer.grpcStatus, status.UNIMPLEMENTED);
    grpc.close();
  });
});
