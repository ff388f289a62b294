import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import * as fc from 'fast-check';
import { CollectorHere } from './collectorHere';
import { framed, RawGrpc } from './rawGrpc';
import { exchange, postHead, RawHttp } from './rawHttp';
import { newJson, newProtobuf } from './spans';

const bounded = { numRuns: 400, interruptAfterTimeLimit: 1500, markInterruptAsFailure: false };

/** What is done to the bytes at `at`, a fraction of their length. */
interface Mutation {
  readonly kind: 'replace' | 'insert' | 'remove' | 'repeat' | 'cut';
  readonly at: number;
  readonly bytes: Uint8Array;
}

const mutations = fc.array(
  fc.record<Mutation>({
    kind: fc.constantFrom('replace', 'insert', 'remove', 'repeat', 'cut'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 5 },
);

function mutate(original: Uint8Array, all: readonly Mutation[]): Buffer {
  let result = Buffer.from(original);
  for (const { kind, at, bytes } of all) {
    const start = Math.floor(at * result.length);
    const before = result.subarray(0, start);
    const after = result.subarray(start);
    const rest = result.subarray(start + bytes.length);
    const parts = {
      replace: [before, bytes, rest],
      insert: [before, bytes, after],
      remove: [before, rest],
      repeat: [before, after, after],
      cut: [before],
    }[kind];
    result = Buffer.concat(parts);
  }
  return result;
}

const requests = fc.constantFrom(
  { type: 'application/x-protobuf', coding: 'identity', bytes: newProtobuf(3, 20) },
  { type: 'application/json', coding: 'identity', bytes: Buffer.from(newJson(3, 1)) },
  { type: 'application/x-protobuf', coding: 'gzip', bytes: gzipSync(newProtobuf(3, 20)) },
  { type: 'application/json', coding: 'gzip', bytes: gzipSync(newJson(3, 1)) },
);

describe('receivers that are sent anything', () => {
  let collector: CollectorHere;
  let memory: number;

  before(async () => {
    collector = await CollectorHere.open({ maxBodyBytes: 1_000_000 });
    memory = process.memoryUsage.rss();
  });
  after(() => collector.close());

  afterEach(async () => {
    const before = collector.spans;
    const body = newProtobuf(1);
    const head = postHead(body, 'Content-Type: application/x-protobuf');
    assert.equal((await exchange(collector.httpPort, head, body)).status, 200);
    const grpc = await RawGrpc.open(collector.grpcPort);
    assert.equal((await grpc.call(framed(newProtobuf(1)))).grpcStatus, status.OK);
    grpc.close();
    assert.equal(collector.spans, before + 2, 'it lives and receives');
    assert.ok(process.memoryUsage.rss() - memory < 500_000_000);
    assert.deepEqual(
      collector.lines.filter(line => line.startsWith('error')),
      [],
      'nothing unforeseen',
    );
  });

  it('answer mutated HTTP requests with success or with what is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(requests, mutations, async ({ type, coding, bytes }, changes) => {
        const body = mutate(bytes, changes);
        const head = postHead(body, `Content-Type: ${type}\nContent-Encoding: ${coding}`);
        const response = await exchange(collector.httpPort, head, body);
        assert.ok([200, 400, 413].includes(response.status), String(response.status));
        assert.equal(response.headers.get('content-type'), type);
      }),
      bounded,
    );
  });

  it('answer mutated gRPC messages with success or with what is wrong', async () => {
    const grpc = await RawGrpc.open(collector.grpcPort);
    const codes: number[] = [status.OK, status.INVALID_ARGUMENT, status.INTERNAL, status.RESOURCE_EXHAUSTED];
    try {
      await fc.assert(
        fc.asyncProperty(requests, mutations, async ({ coding, bytes }, changes) => {
          const body = framed(mutate(bytes, changes), coding === 'gzip' ? 1 : 0);
          const { grpcStatus } = await grpc.call(body, { 'grpc-encoding': coding });
          assert.ok(codes.includes(grpcStatus), String(grpcStatus));
        }),
        bounded,
      );
    } finally {
      grpc.close();
    }
  });

  it('survive mutated heads and frames on either port', async () => {
    const request = Buffer.from(
      `${postHead('{}', 'Content-Type: application/json\nConnection: close').replaceAll('\n', '\r\n')}{}`,
    );
    // The preface, an empty SETTINGS frame, a PING, and HEADERS that hold `:method: POST`, `:scheme: http`, `:path: /`.
    const frames = Buffer.concat([
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      Buffer.from('000000040000000000', 'hex'),
      Buffer.from('0000080600000000000102030405060708', 'hex'),
      Buffer.from('000003010500000001838684', 'hex'),
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.oneof(
          fc
            .tuple(fc.constantFrom(request, frames), mutations)
            .map(([bytes, changes]) => mutate(bytes, changes)),
          fc.uint8Array({ maxLength: 300 }),
          fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.concat([frames, bytes])),
        ),
        async (toGrpc, bytes) => {
          const client = await RawHttp.open(toGrpc ? collector.grpcPort : collector.httpPort);
          client.write(bytes);
          client.socket.end();
          // An HTTP/2 connection may stay open behind a damaged frame: it is not waited for.
          await Promise.race([client.closed(), new Promise(resolve => setTimeout(resolve, 20))]);
          client.destroy();
        },
      ),
      bounded,
    );
  });
});
