import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import {
  Client,
  compressionAlgorithms,
  credentials,
  status,
  type ChannelOptions,
  type ServiceError,
} from '@grpc/grpc-js';
import { openGrpcReceiver } from '../../../../src/collector/receiver/grpcReceiver';
import { listeningPort } from '../../../../src/collector/receiver/listenLoopback';
import type { Receiver } from '../../../../src/collector/receiver/portBinding';
import { encodeExportResponse } from '../../../../src/otlp/exportResponse';
import { encodeRpcStatus } from '../../../../src/otlp/rpcStatus';
import { UnavailableError } from '../../../../src/collector/unavailableError';
import { protobuf, Receiving, sendRaw } from './receiving';

const limit = 100_000;
const exportPath = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

describe('the OTLP/gRPC receiver', () => {
  let receiving: Receiving;
  let receiver: Receiver;
  const clients: Client[] = [];

  beforeEach(async () => {
    receiving = new Receiving(limit);
    receiver = openGrpcReceiver(receiving.options);
    await receiver.configure(0);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await receiver.close();
  });

  function port(): number {
    assert.equal(receiver.state.state, 'listening', JSON.stringify(receiver.state));
    return receiver.state.port;
  }

  function call(
    bytes: Uint8Array,
    {
      path = exportPath,
      host = '127.0.0.1',
      options,
    }: { path?: string; host?: string; options?: ChannelOptions } = {},
  ): Promise<Buffer> {
    const client = new Client(`${host}:${port()}`, credentials.createInsecure(), options);
    clients.push(client);
    const identity = (message: Buffer): Buffer => message;
    return new Promise((resolve, reject) => {
      client.makeUnaryRequest(path, identity, identity, Buffer.from(bytes), (error, answer) => {
        if (error || !answer) reject(error ?? new Error('no answer'));
        else resolve(answer);
      });
    });
  }

  async function failure(bytes: Uint8Array, path = exportPath): Promise<ServiceError> {
    try {
      await call(bytes, { path });
    } catch (error) {
      return error as ServiceError;
    }
    return assert.fail('the call succeeded');
  }

  const gzip = { 'grpc.default_compression_algorithm': compressionAlgorithms.gzip };

  it('takes spans and answers an empty response', async () => {
    assert.equal((await call(protobuf('a', 'b'))).length, 0);
    assert.deepEqual(receiving.names, ['a', 'b']);
  });

  it('takes them compressed with gzip', async () => {
    await call(protobuf('a'), { options: gzip });
    assert.deepEqual(receiving.names, ['a']);
  });

  it('takes them on ::1, on the same port', async () => {
    await call(protobuf('a'), { host: '[::1]' });
    assert.deepEqual(receiving.names, ['a']);
  });

  it('takes messages over the 4 MiB that are usual in gRPC', async () => {
    const large = new Receiving();
    const own = openGrpcReceiver(large.options);
    await own.configure(0);
    const [spare, spareReceiving] = [receiver, receiving];
    try {
      receiver = own;
      await call(protobuf('x'.repeat(10_000_000)));
      assert.equal(large.names[0]?.length, 10_000_000);
    } finally {
      receiver = spare;
      receiving = spareReceiving;
      await own.close();
    }
  });

  it('keeps the good part of a batch and counts the rest', async () => {
    const answer = await call(protobuf('a', '!b'));
    assert.deepEqual(
      answer,
      Buffer.from(encodeExportResponse(1, '1 span: trace id that is not 16 bytes or all zero')),
    );
    assert.deepEqual(receiving.names, ['a']);
  });

  it('refuses malformed protobuf with INVALID_ARGUMENT and a line in the log', async () => {
    const error = await failure(protobuf('a').slice(0, -3));
    assert.equal(error.code, status.INVALID_ARGUMENT);
    assert.match(error.details, /malformed protobuf/);
    assert.match(
      receiving.lines.join('\n'),
      /warn grpc refused \S+Export with INVALID_ARGUMENT: malformed protobuf/,
    );
  });

  it('refuses a message over the limit with RESOURCE_EXHAUSTED and a line in the log', async () => {
    assert.equal((await failure(new Uint8Array(limit + 1))).code, status.RESOURCE_EXHAUSTED);
    assert.match(receiving.lines.join('\n'), /warn grpc refused \S+Export/);
    assert.equal((await call(protobuf('after'))).length, 0);
  });

  it('refuses a decompression bomb with RESOURCE_EXHAUSTED', async () => {
    await assert.rejects(call(new Uint8Array(50_000_000), { options: gzip }), {
      code: status.RESOURCE_EXHAUSTED,
    });
    assert.equal((await call(protobuf('after'))).length, 0);
  });

  it('answers UNIMPLEMENTED for other services and methods', async () => {
    for (const path of ['profiles.v1development.ProfilesService/Export', 'trace.v1.TraceService/Delete'])
      assert.equal(
        (await failure(new Uint8Array(), `/opentelemetry.proto.collector.${path}`)).code,
        status.UNIMPLEMENTED,
      );
  });

  it('answers UNAVAILABLE with the time to wait when spans cannot be kept', async () => {
    receiving.failure = new UnavailableError('the disk is full');
    const error = await failure(protobuf('a'));
    assert.equal(error.code, status.UNAVAILABLE);
    assert.deepEqual(error.metadata.get('grpc-status-details-bin'), [
      Buffer.from(encodeRpcStatus({ code: 14, message: error.details, retryAfterSeconds: 5 })),
    ]);
    assert.match(receiving.lines.join('\n'), /with UNAVAILABLE: .*the disk is full/);
  });

  it('survives HTTP/1.1 and garbage on its port', async () => {
    await sendRaw(port(), 'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await sendRaw(port(), Buffer.alloc(100, 0xff));
    assert.equal((await call(protobuf('after'))).length, 0);
  });

  it('says that its port is taken', async () => {
    const blocker = createServer();
    blocker.listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    try {
      await receiver.configure(listeningPort(blocker));
      assert.ok(receiver.state.state === 'failed');
      assert.equal(receiver.state.reason, 'port-taken');
    } finally {
      blocker.close();
    }
  });
});
