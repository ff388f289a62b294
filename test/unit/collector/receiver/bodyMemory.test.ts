import assert from 'node:assert/strict';
import { Client, credentials } from '@grpc/grpc-js';
import { BodyBuffer } from '../../../../src/collector/receiver/bodyBuffer';
import { BufferPool } from '../../../../src/collector/receiver/bufferPool';
import { openGrpcReceiver } from '../../../../src/collector/receiver/grpcReceiver';
import { openHttpReceiver, type ReceiverOptions } from '../../../../src/collector/receiver/httpReceiver';
import { Lease } from '../../../../src/collector/receiver/lease';
import { MemoryGuard } from '../../../../src/collector/receiver/memoryGuard';
import type { Receiver } from '../../../../src/collector/receiver/portBinding';
import { UnavailableError } from '../../../../src/collector/unavailableError';
import { Receiving } from './receiving';

const kibibyte = 1024;

describe('BufferPool', () => {
  it('gives a buffer again once it is given back, and one that is long enough', () => {
    const pool = new BufferPool();
    const first = pool.take(100 * kibibyte);
    const second = pool.take(100 * kibibyte);
    assert.notEqual(first, second);
    assert.ok(first.length >= 100 * kibibyte && first.length < 200 * kibibyte);
    pool.give(first);
    assert.equal(pool.take(90 * kibibyte), first);
    pool.give(second);
    assert.notEqual(pool.take(10), second, 'not a far longer one');
  });

  it('keeps a few megabytes, and none that is large by itself', () => {
    const pool = new BufferPool();
    const taken = Array.from({ length: 20 }, () => pool.take(1024 * kibibyte));
    for (const buffer of taken) pool.give(buffer);
    const again = taken.map(() => pool.take(1024 * kibibyte));
    assert.equal(again.filter(buffer => taken.includes(buffer)).length, 8);
    const large = pool.take(10_000 * kibibyte + 1);
    assert.equal(large.length, 10_000 * kibibyte + 1);
    pool.give(large);
    assert.notEqual(pool.take(10_000 * kibibyte + 1), large);
  });
});

describe('BodyBuffer', () => {
  it('holds what it was given in whatever pieces, and no memory once it is discarded', () => {
    const guard = new MemoryGuard(undefined, () => 0);
    for (const piece of [1000, 65_536, 300_000]) {
      const sent = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7 + piece) % 251));
      const body = new BodyBuffer(new Lease(guard), sent.length);
      for (let at = 0; at < sent.length; at += piece) assert.ok(body.append(sent.subarray(at, at + piece)));
      assert.ok(body.bytes().equals(sent), `in pieces of ${piece}`);
      assert.ok(guard.heldBytes >= sent.length && guard.heldBytes < 2 * sent.length, `${guard.heldBytes}`);
      body.discard();
      assert.deepEqual([guard.heldBytes, body.bytes().length], [0, 0]);
    }
  });
});

/** What a sink was given: the bytes themselves, and as they were then. */
interface Kept {
  readonly bytes: Uint8Array;
  readonly copy: Buffer;
}

describe('The memory of a body', () => {
  const receivers: Receiver[] = [];
  const clients: Client[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await Promise.all(receivers.splice(0).map(receiver => receiver.close()));
  });

  async function portOf(receiver: Receiver): Promise<number> {
    receivers.push(receiver);
    await receiver.configure(0);
    assert.equal(receiver.state.state, 'listening');
    return receiver.state.port;
  }

  async function overHttp(options: ReceiverOptions): Promise<(body: Buffer) => Promise<boolean>> {
    const port = await portOf(openHttpReceiver(options));
    return async body => {
      const { status } = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-protobuf' },
        body: new Uint8Array(body),
      });
      return status === 200;
    };
  }

  async function overGrpc(options: ReceiverOptions): Promise<(body: Buffer) => Promise<boolean>> {
    const client = new Client(
      `127.0.0.1:${await portOf(openGrpcReceiver(options))}`,
      credentials.createInsecure(),
    );
    clients.push(client);
    const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
    const same = (bytes: Buffer): Buffer => bytes;
    return body =>
      new Promise(resolve => {
        client.makeUnaryRequest(path, same, same, body, error => resolve(error === null));
      });
  }

  for (const [transport, connect] of [
    ['HTTP', overHttp],
    ['gRPC', overGrpc],
  ] as const)
    it(`is used again after a success over ${transport}, and left alone where the sink may still hold it`, async () => {
      const { options } = new Receiving();
      const kept: Kept[] = [];
      let isAvailable = false;
      const sink = {
        ingest: (bytes: Uint8Array) => {
          kept.push({ bytes, copy: Buffer.from(bytes) });
          return isAvailable
            ? Promise.resolve({ accepted: 1, rejected: [] })
            : Promise.reject(new UnavailableError('the disk is full'));
        },
      };
      const send = await connect({ ...options, sink: { ...options.sink, ...sink } });
      const body = (fill: number): Buffer => Buffer.alloc(120_000, fill);
      assert.equal(await send(body(1)), false);
      isAvailable = true;
      for (let fill = 2; fill < 8; fill++) assert.equal(await send(body(fill)), true);
      kept.forEach(({ copy }, i) =>
        assert.ok(copy.equals(body(i + 1)), `request ${i} arrived as it was sent`),
      );
      const [refused, ...stored] = kept;
      assert.ok(refused && refused.copy.equals(refused.bytes));
      const memories = stored.map(({ bytes }) => bytes.buffer);
      assert.ok(new Set(memories).size < memories.length);
      assert.ok(!memories.includes(refused.bytes.buffer));
    });
});
