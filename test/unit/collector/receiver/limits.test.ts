import assert from 'node:assert/strict';
import { Admission } from '../../../../src/collector/receiver/admission';
import { openGrpcReceiver } from '../../../../src/collector/receiver/grpcReceiver';
import { openHttpReceiver } from '../../../../src/collector/receiver/httpReceiver';
import type { Receiver } from '../../../../src/collector/receiver/portBinding';
import { answerOf, framed, RawGrpc } from './conformance/rawGrpc';
import { protobuf, Receiving } from './receiving';

const mebibyte = 2 ** 20;

describe('receivers that have no memory left', () => {
  let receiving: Receiving;
  let admission: Admission;
  let http: Receiver;
  let grpc: Receiver;
  let client: RawGrpc;
  beforeEach(async () => {
    receiving = new Receiving();
    admission = new Admission(receiving.memory);
    const options = {
      ...receiving.options,
      admission,
      limits: { headersTimeoutMs: 250, requestTimeoutMs: 300, checkEveryMs: 50 },
    };
    http = openHttpReceiver(options);
    grpc = openGrpcReceiver(options);
    await Promise.all([http.configure(0), grpc.configure(0)]);
    client = await RawGrpc.open(portOf(grpc));
  });
  afterEach(async () => {
    client.close();
    await Promise.all([http.close(), grpc.close()]);
  });

  function portOf({ state }: Receiver): number {
    assert.equal(state.state, 'listening');
    return state.port;
  }

  function post(headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`http://127.0.0.1:${portOf(http)}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
  }

  it('tell both kinds of clients when to come again, count it, and take them then', async () => {
    assert.ok(receiving.memory.take(receiving.memory.budget));
    const response = await post();
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('retry-after'), '1');
    assert.match(await response.text(), /RetryInfo/);
    const answer = await client.call(framed(protobuf('a')));
    assert.equal(answer.grpcStatus, 14);
    assert.match(answer.details.toString('latin1'), /RetryInfo/);
    assert.equal(admission.deferredRequests, 2);
    receiving.memory.give(receiving.memory.budget);
    assert.equal((await post()).status, 200);
    assert.equal((await client.call(framed(protobuf('a')))).grpcStatus, 0);
    assert.equal(admission.deferredRequests, 2);
  });

  it('give back what calls held, however they end', async () => {
    await client.call(framed(protobuf('a')));
    await client.call(framed(Buffer.from('garbage')));
    const slow = client.begin();
    slow.write(framed(Buffer.alloc(mebibyte)).subarray(0, 500_000));
    assert.equal((await answerOf(slow)).grpcStatus, 4, 'DEADLINE_EXCEEDED after the request timeout');
    const gone = client.begin();
    gone.on('error', () => undefined);
    gone.write(framed(Buffer.alloc(mebibyte)).subarray(0, 500_000));
    while (receiving.memory.heldBytes === 0) await new Promise(resolve => setTimeout(resolve, 5));
    gone.close(8);
    await post();
    while (receiving.memory.heldBytes > 0) await new Promise(resolve => setTimeout(resolve, 5));
  });

  it('let listed pages and hosts in, and others not, as the settings say', async () => {
    admission.access.configure({ allowedOrigins: ['https://app.example'], allowedHosts: ['box'] });
    const allowed = await post({ origin: 'https://app.example' });
    assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example');
    assert.equal((await post({ origin: 'https://evil.example' })).status, 403);
    assert.equal((await post({ origin: 'null' })).status, 403);
    assert.equal((await client.call(framed(protobuf('a')), { ':authority': 'box:1' })).grpcStatus, 0);
    assert.equal((await client.call(framed(protobuf('a')), { ':authority': 'evil' })).grpcStatus, 7);
    admission.access.configure({ allowedOrigins: [], allowedHosts: [] });
    assert.equal((await post({ origin: 'https://app.example' })).status, 403);
    assert.equal((await client.call(framed(protobuf('a')), { ':authority': 'box:1' })).grpcStatus, 7);
  });
});
