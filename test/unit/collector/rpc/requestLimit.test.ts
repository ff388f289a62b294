import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { defaultSettings } from '../../../../src/protocol/collectorArguments';
import { newProtobuf } from '../receiver/conformance/spans';
import { framed, RawGrpc } from '../receiver/conformance/rawGrpc';
import { CollectorHere } from './collectorHere';

const mebibyte = 1024 * 1024;

describe('The limit of a request', () => {
  it('is what a client has set, as sent and decompressed, on HTTP and gRPC, and follows it at once', async () => {
    const here = new CollectorHere();
    await here.open();
    const client = await here.connect();
    try {
      const { http, grpc } = here.running.status();
      assert.ok(http.state === 'listening' && grpc.state === 'listening');
      const body = newProtobuf(3, mebibyte);
      const send = async (bytes: Uint8Array, headers = {}): Promise<number> => {
        const { status } = await fetch(`http://127.0.0.1:${http.port}/v1/traces`, {
          method: 'POST',
          body: new Uint8Array(bytes),
          headers: { 'content-type': 'application/x-protobuf', ...headers },
        });
        return status;
      };
      const calls = await RawGrpc.open(grpc.port);
      const statuses = async (): Promise<number[]> => [
        await send(body),
        await send(gzipSync(body), { 'content-encoding': 'gzip' }),
        (await calls.call(framed(body))).grpcStatus,
      ];
      assert.deepEqual(await statuses(), [200, 200, 0]);
      const settings = {
        ...defaultSettings,
        httpPort: http.port,
        grpcPort: grpc.port,
        maxMemoryBytes: 8 * 1024 ** 3,
      };
      await client.request('configure', { ...settings, maxRequestBytes: 2 * mebibyte });
      assert.deepEqual(await statuses(), [413, 413, 8]);
      await client.request('configure', { ...settings, maxRequestBytes: 4 * mebibyte });
      assert.deepEqual(await statuses(), [200, 200, 0]);
      calls.session.destroy();
    } finally {
      client.close();
      await here.remove();
    }
  });
});
