import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { Client, credentials, status, type ServiceError } from '@grpc/grpc-js';
import { openGrpcReceiver } from '../../../../src/collector/receiver/grpcReceiver';
import { openHttpReceiver } from '../../../../src/collector/receiver/httpReceiver';
import type { Receiver } from '../../../../src/collector/receiver/portBinding';
import { UnavailableError } from '../../../../src/collector/unavailableError';
import { encodeExportResponse } from '../../../../src/otlp/exportResponse';
import type { ProtobufWriter } from '../../../../src/otlp/protobufWriter';
import { encodeLogsDocument, logsDocument } from '../../otlp/support/logRequests';
import { encodeMetrics, metricsDocument } from '../../otlp/support/metricRequests';
import { bytesOf, requestOf } from '../../otlp/support/encodedSpans';
import { readRpcStatus } from '../../otlp/support/readRpcStatus';
import { protobuf, Receiving } from './receiving';

const pb = { 'content-type': 'application/x-protobuf' };
const js = { 'content-type': 'application/json' };
const gzip = { 'content-encoding': 'gzip' };

const metrics = metricsDocument([
  { kind: 'gauge', points: 2 },
  { kind: 'histogram', points: 3 },
]);
const logs = logsDocument(4);

const signals = [
  {
    name: 'metrics',
    path: '/v1/metrics',
    method: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
    document: metrics,
    bytes: encodeMetrics(metrics),
    list: 'resourceMetrics',
    counted: ({ discards }: Receiving) => discards.metricDataPoints,
    items: 5,
  },
  {
    name: 'logs',
    path: '/v1/logs',
    method: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
    document: logs,
    bytes: encodeLogsDocument(logs),
    list: 'resourceLogs',
    counted: ({ logRecords }: Receiving) => logRecords,
    items: 4,
  },
] as const;

for (const { name, path, method, document, bytes, list, counted, items } of signals)
  describe(`${name} that arrive`, () => {
    let receiving: Receiving;
    let http: Receiver;
    let grpc: Receiver;
    let client: Client;

    beforeEach(async () => {
      receiving = new Receiving();
      http = openHttpReceiver(receiving.options);
      grpc = openGrpcReceiver(receiving.options);
      await Promise.all([http.configure(0), grpc.configure(0)]);
      client = new Client(`127.0.0.1:${portOf(grpc)}`, credentials.createInsecure());
    });
    afterEach(async () => {
      client.close();
      await Promise.all([http.close(), grpc.close()]);
    });

    function portOf({ state }: Receiver): number {
      assert.equal(state.state, 'listening', JSON.stringify(state));
      return state.port;
    }

    function post(
      body: NonNullable<RequestInit['body']>,
      headers: Record<string, string>,
    ): Promise<Response> {
      return fetch(`http://127.0.0.1:${portOf(http)}${path}`, { method: 'POST', body, headers });
    }

    function call(request: Uint8Array): Promise<Buffer> {
      const identity = (message: Buffer): Buffer => message;
      return new Promise((resolve, reject) => {
        client.makeUnaryRequest(method, identity, identity, Buffer.from(request), (error, answer) => {
          if (error || !answer) reject(error ?? new Error('no answer'));
          else resolve(answer);
        });
      });
    }

    const text = JSON.stringify(document);
    for (const [how, body, headers] of [
      ['protobuf', bytes, pb],
      ['protobuf with gzip', new Uint8Array(gzipSync(bytes)), { ...pb, ...gzip }],
      ['JSON', text, js],
      ['JSON with gzip', new Uint8Array(gzipSync(text)), { ...js, ...gzip }],
    ] as const)
      it(`as ${how} over HTTP are answered with full success, and counted`, async () => {
        const response = await post(body, headers);
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('content-type'), headers['content-type']);
        assert.equal(await response.text(), headers['content-type'] === js['content-type'] ? '{}' : '');
        assert.equal(counted(receiving), items);
        assert.deepEqual(receiving.names, [], 'nothing of it is a span');
      });

    it('over gRPC are answered with full success, and counted', async () => {
      assert.equal((await call(bytes)).length, 0);
      assert.equal(counted(receiving), items);
    });

    it('malformed are refused as malformed traces are, and not counted', async () => {
      const cut = await post(bytes.slice(0, -3), pb);
      assert.equal(cut.status, 400);
      const message = /refused POST \S+ with 400: (malformed protobuf .*)/.exec(
        receiving.lines.join('\n'),
      )?.[1];
      assert.ok(message);
      assert.deepEqual(readRpcStatus(new Uint8Array(await cut.arrayBuffer())), {
        code: 3,
        message,
        violation: { field: '', description: message },
      });

      const json = await post(JSON.stringify({ [list]: [7] }), js);
      assert.equal(json.status, 400);
      const problem = `invalid OTLP/JSON at ${list}[0]: expected an object`;
      assert.deepEqual(await json.json(), {
        code: 3,
        message: problem,
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: [{ field: `${list}[0]`, description: problem }],
          },
        ],
      });
      await assert.rejects(call(bytes.slice(0, -3)), (error: ServiceError) => {
        assert.equal(error.code, status.INVALID_ARGUMENT);
        return /malformed protobuf/.test(error.details);
      });
      assert.equal(counted(receiving), 0);
    });

    it('when the collector is about to end are asked for again', async () => {
      receiving.leaving = true;
      const response = await post(bytes, pb);
      assert.equal(response.status, 503);
      assert.equal(response.headers.get('retry-after'), '5');
      await assert.rejects(call(bytes), { code: status.UNAVAILABLE });
      assert.equal(counted(receiving), 0);
    });

    if (name === 'metrics') {
      it('are spoken of once, however many come and wherever', async () => {
        for (let i = 0; i < 3; i++) {
          await post(bytes, pb);
          await post(text, js);
          await call(bytes);
        }
        assert.equal(counted(receiving), 9 * items);
        assert.equal(receiving.firstDiscards, 1);
        assert.deepEqual(
          receiving.lines.filter(line => line.includes('discarded')),
          [
            `info ingest metrics arrive; they are answered with success, counted and discarded: Causeway stores traces and logs only`,
          ],
        );
      });

      it('and hold nothing are not spoken of', async () => {
        assert.equal((await post(new Uint8Array(), pb)).status, 200);
        assert.equal((await post('{}', js)).status, 200);
        assert.equal(receiving.firstDiscards, 0);
        assert.ok(!receiving.lines.some(line => line.includes('discarded')));
      });

      it('do not need the store: a full disk does not turn them down', async () => {
        receiving.failure = new Error('the disk is full');
        assert.equal((await post(bytes, pb)).status, 200);
        assert.equal(
          (
            await fetch(`http://127.0.0.1:${portOf(http)}/v1/traces`, {
              method: 'POST',
              body: protobuf('a'),
              headers: pb,
            })
          ).status,
          503,
        );
      });
    } else {
      it('are turned down for a while when they cannot be stored', async () => {
        receiving.failure = new UnavailableError('the disk is full');
        const response = await post(bytes, pb);
        assert.equal(response.status, 503);
        assert.equal(response.headers.get('retry-after'), '5');
        await assert.rejects(call(bytes), (error: ServiceError) => {
          assert.equal(error.code, status.UNAVAILABLE);
          return /cannot keep log records now: the disk is full/.test(error.details);
        });
      });

      it('malformed in part are kept but for what is malformed, which the answer counts', async () => {
        const good = (writer: ProtobufWriter): void => writer.string(0x1a, 'INFO');
        // A body whose text runs past its end.
        const bad = (writer: ProtobufWriter): void => writer.copy(0x2a, bytesOf('0a 7f 61'));
        const mixed = new Uint8Array(requestOf(good, bad, good, bad));
        const message = '2 log records: malformed log record';
        const response = await post(mixed, pb);
        assert.equal(response.status, 200);
        const expected = Buffer.from(encodeExportResponse(2, message));
        assert.deepEqual(Buffer.from(await response.arrayBuffer()), expected);
        assert.deepEqual(await call(mixed), expected);
        assert.equal(counted(receiving), 4);

        const records = [{ severityText: 'INFO' }, { severityText: 7 }];
        const json = await post(
          JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] }),
          js,
        );
        assert.deepEqual(await json.json(), {
          partialSuccess: {
            rejectedLogRecords: '1',
            errorMessage: '1 log record: malformed log record',
          },
        });
        assert.equal(counted(receiving), 5);
      });
    }
  });
