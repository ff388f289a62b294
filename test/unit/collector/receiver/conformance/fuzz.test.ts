import assert from 'node:assert/strict';
import { connect as connectHttp2 } from 'node:http2';
import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { deflateSync, gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import * as fc from 'fast-check';
import { tracesToJson } from '../../../../../src/core/formats/otlpJson';
import { parseSpanId, parseTraceId } from '../../../../../src/core/model/ids';
import type { SpanDetail } from '../../../../../src/protocol/spanDetail';
import { encodeTraces } from '../../../../../src/otlp/encodeTraces';
import { encodeLogsDocument, logsDocument } from '../../../otlp/support/logRequests';
import { encodeMetrics, metricsDocument } from '../../../otlp/support/metricRequests';
import { makeSpan, spanId, tracesOf } from '../../../otlp/support/oneSpan';
import { fuzzBounds, withBytes } from '../../../support/fuzz';
import { CollectorHere } from './collectorHere';
import { mutated, mutations } from './mutated';
import { answerOf, exportPath, framed, RawGrpc } from './rawGrpc';
import { exchange, postHead, RawHttp } from './rawHttp';
import { newProtobuf } from './spans';

const pb = 'application/x-protobuf';
const js = 'application/json';
const bounds = (): ReturnType<typeof fuzzBounds> => fuzzBounds(400, 1500);

const metrics = metricsDocument([{ kind: 'histogram', points: 2 }]);
const logs = logsDocument(2);
const codings = [
  ['identity', (bytes: Uint8Array) => bytes],
  ['gzip', (bytes: Uint8Array) => gzipSync(bytes)],
  ['deflate', (bytes: Uint8Array) => deflateSync(bytes)],
] as const;
/** The same in every run, so that a seed leads to the same bytes again. */
const traces = tracesOf(
  makeSpan({ name: 'cart', attributes: [{ key: 'text', value: 'x'.repeat(20) }] }),
  makeSpan({ spanId: parseSpanId('00f067aa0ba902b7')!, parentSpanId: spanId, name: 'pay', kind: 2 }),
);
const bodies = [
  { signal: 'traces', type: pb, bytes: encodeTraces(traces) },
  { signal: 'traces', type: js, bytes: Buffer.from(JSON.stringify(tracesToJson(traces))) },
  { signal: 'logs', type: pb, bytes: encodeLogsDocument(logs) },
  { signal: 'logs', type: js, bytes: Buffer.from(JSON.stringify(logs)) },
  { signal: 'metrics', type: pb, bytes: encodeMetrics(metrics) },
  { signal: 'metrics', type: js, bytes: Buffer.from(JSON.stringify(metrics)) },
];
/** Requests of each kind, and where the damage is done: before they are compressed, or after. */
const damaged = fc
  .tuple(fc.constantFrom(...bodies), fc.constantFrom(...codings), mutations, fc.boolean())
  .map(([{ signal, type, bytes }, [coding, encode], changes, isInside]) => ({
    signal,
    type,
    coding,
    body: isInside ? Buffer.from(encode(mutated(bytes, changes))) : mutated(encode(bytes), changes),
  }));

const services: Readonly<Record<string, string>> = {
  traces: exportPath,
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
};

const zipkinSpans = Buffer.from(
  JSON.stringify([
    {
      traceId: '4e441824ec2b6a44ffdc9bb9a6453df3',
      id: 'ffdc9bb9a6453df3',
      parentId: '6b221d5bc9e6496c',
      kind: 'SERVER',
      shared: true,
      timestamp: 1_790_000_000_000_001,
      duration: 7,
      localEndpoint: { serviceName: 'shop', ipv4: '10.0.0.1', port: 80 },
      annotations: [{ timestamp: 1_790_000_000_000_002, value: '"a": {"b": 1}' }],
      tags: { error: 'true', 'otel.status_code': 'ERROR' },
    },
    { traceId: '1', id: '2', name: 'get' },
  ]),
);

describe('receivers that are sent anything', function () {
  this.timeout(0);
  const traceId = parseTraceId('4bf92f3577b34da6a3ce929d0e0e4736')!;
  let collector: CollectorHere;
  let memory: number;
  let good: SpanDetail;

  before(async () => {
    collector = await CollectorHere.open({ maxBodyBytes: 1_000_000 });
    await collector.engine.ingest(encodeTraces(tracesOf(makeSpan({ traceId, name: 'good' }))));
    good = collector.engine.readSpans(traceId, [spanId])[0]!;
    memory = process.memoryUsage.rss();
  });
  after(() => collector.close());

  afterEach(async () => {
    const before = collector.spans;
    const body = newProtobuf(1);
    const head = postHead(body, `Content-Type: ${pb}`);
    assert.equal((await exchange(collector.httpPort, head, body)).status, 200);
    const grpc = await RawGrpc.open(collector.grpcPort);
    assert.equal((await grpc.call(framed(newProtobuf(1)))).grpcStatus, status.OK);
    grpc.close();
    const zipkin = postHead(zipkinSpans, `Content-Type: ${js}`, '/api/v2/spans');
    assert.equal((await exchange(collector.zipkinPort, zipkin, zipkinSpans)).status, 202);
    assert.ok(collector.spans >= before + 2, 'it lives and receives');
    assert.deepEqual(collector.engine.readSpans(traceId, [spanId])[0], good, 'what was good is still there');
    assert.ok(process.memoryUsage.rss() - memory < 500_000_000);
    assert.deepEqual(
      collector.lines.filter(line => line.startsWith('error')),
      [],
      'nothing unforeseen',
    );
  });

  it('answer mutated HTTP requests with success or with what is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, ({ signal, type, coding, body }) =>
        withBytes(body, async () => {
          const head = postHead(body, `Content-Type: ${type}\nContent-Encoding: ${coding}`, `/v1/${signal}`);
          const response = await exchange(collector.httpPort, head, body);
          assert.ok([200, 400, 413].includes(response.status), String(response.status));
          assert.equal(response.headers.get('content-type'), type);
        }),
      ),
      bounds(),
    );
  });

  it('answer mutated gRPC messages with success or with what is wrong', async () => {
    const grpc = await RawGrpc.open(collector.grpcPort);
    const codes: number[] = [status.OK, status.INVALID_ARGUMENT, status.INTERNAL, status.RESOURCE_EXHAUSTED];
    try {
      await fc.assert(
        fc.asyncProperty(damaged, ({ signal, coding, body }) =>
          withBytes(body, async () => {
            const message = framed(body, coding === 'identity' ? 0 : 1);
            const headers = { 'grpc-encoding': coding, ':path': services[signal] ?? '' };
            const { grpcStatus } = await grpc.call(message, headers);
            assert.ok(codes.includes(grpcStatus), String(grpcStatus));
          }),
        ),
        bounds(),
      );
    } finally {
      grpc.close();
    }
  });

  it('end every mutated gRPC call, its prefix and headers damaged, too', async () => {
    const whole = framed(encodeTraces(traces));
    const value = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map(code => String.fromCharCode(code)),
    });
    const headers = fc.dictionary(
      fc.constantFrom('grpc-timeout', 'grpc-encoding', 'content-type', 'x-a', ':path', ':authority'),
      fc.oneof(value, fc.constantFrom('gzip', '1S', '99999999H', 'application/grpc+json', exportPath)),
    );
    await fc.assert(
      fc.asyncProperty(mutations, headers, (changes, given) => {
        const bytes = mutated(whole, changes);
        return withBytes(bytes, async () => {
          // Some of it makes node:http2's own client end the session.
          const grpc = await RawGrpc.open(collector.grpcPort);
          const answer = await Promise.resolve()
            .then(() => {
              const stream = grpc.begin(given);
              stream.end(bytes);
              return answerOf(stream);
            })
            .catch(() => undefined);
          grpc.close();
          if (answer && Number.isNaN(answer.grpcStatus)) assert.notEqual(answer.httpStatus, 200);
        });
      }),
      bounds(),
    );
  });

  it('answer mutated Zipkin requests with success or with what is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...codings),
        mutations,
        fc.boolean(),
        ([coding, encode], changes, isInside) => {
          const body = isInside
            ? Buffer.from(encode(mutated(zipkinSpans, changes)))
            : mutated(encode(zipkinSpans), changes);
          return withBytes(body, async () => {
            const head = postHead(body, `Content-Type: ${js}\nContent-Encoding: ${coding}`, '/api/v2/spans');
            const response = await exchange(collector.zipkinPort, head, body);
            assert.ok([202, 400, 413].includes(response.status), String(response.status));
          });
        },
      ),
      bounds(),
    );
  });

  it('survive mutated heads and frames on every port', async () => {
    const requests = ['traces', 'logs'].map(signal => {
      const head = postHead('{}', `Content-Type: ${js}\nConnection: close`, `/v1/${signal}`);
      return Buffer.from(`${head.replaceAll('\n', '\r\n')}{}`);
    });
    const call = await recordedCall(collector.grpcPort);
    const ports = [collector.httpPort, collector.grpcPort, collector.zipkinPort];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ports),
        fc.oneof(
          fc
            .tuple(fc.constantFrom(...requests, call), mutations)
            .map(([bytes, changes]) => mutated(bytes, changes)),
          fc.uint8Array({ maxLength: 300 }),
          fc
            .tuple(fc.nat({ max: call.length }), fc.uint8Array({ maxLength: 300 }))
            .map(([at, bytes]) => Buffer.concat([call.subarray(0, at), bytes])),
        ),
        (port, bytes) =>
          withBytes(bytes, async () => {
            const client = await RawHttp.open(port);
            client.write(bytes);
            client.socket.end();
            // An HTTP/2 connection may stay open behind a damaged frame: it is not waited for.
            await Promise.race([client.closed(), new Promise(resolve => setTimeout(resolve, 20))]);
            client.destroy();
          }),
      ),
      bounds(),
    );
  });
});

/** All that a client says in one good call, from the preface on. */
async function recordedCall(port: number): Promise<Buffer> {
  const heard: Buffer[] = [];
  const relay = createServer(client => {
    const target = connect(port, '127.0.0.1');
    client.on('data', chunk => heard.push(chunk));
    for (const socket of [client, target]) socket.on('error', () => undefined);
    client.pipe(target).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const session = connectHttp2(`http://127.0.0.1:${(relay.address() as AddressInfo).port}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': exportPath,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.end(framed(encodeTraces(traces)));
  assert.equal((await answerOf(stream)).grpcStatus, status.OK);
  session.destroy();
  relay.close();
  return Buffer.concat(heard);
}
