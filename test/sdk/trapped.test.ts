import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { defaultSettings } from '../../src/protocol/collectorArguments';
import { request } from '../unit/collector/ingest/support/requests';
import { bundle } from './support/bundle';
import { DataFolder } from './support/dataFolder';
import { newSpans, post } from './support/send';
import { Window } from './support/window';

const settings = { ...defaultSettings, httpPort: 0, grpcPort: 0 };
const grpcPath = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** What meets the broken store first; answers whether it was told that all is well. */
const meetings: Record<string, (window: Window, url: string, grpcPort: number) => Promise<boolean>> = {
  'an export over HTTP': async (_, url) => (await post(url, newSpans(2).body)).ok,
  'an export over gRPC': async (_, __, port) => {
    const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    const same = (bytes: Buffer): Buffer => bytes;
    try {
      return await new Promise<boolean>(resolve =>
        client.makeUnaryRequest(
          grpcPath,
          same,
          same,
          Buffer.from(request('load', { trace: 1 })),
          { deadline: Date.now() + 5000 },
          error => resolve(!error),
        ),
      );
    } finally {
      client.close();
    }
  },
  'a query': async ({ client }) => {
    await client.request('traces', { limit: 10 });
    return true;
  },
  retention: async ({ client }) => {
    const retention = { ...settings.retention, maxSpans: 1000 };
    await client.request('configure', { ...settings, retention });
    // It goes on beside the answer.
    return false;
  },
  'the last snapshot': async ({ client }) => {
    await client.request('shutdown', { reason: 'restart' });
    return false;
  },
};

describe('a collector whose store breaks down', () => {
  let program = '';
  let folder: DataFolder;
  let window: Window;

  before(async function () {
    this.timeout(60_000);
    program = await bundle('trappingCollector');
  });
  beforeEach(() => {
    folder = new DataFolder();
    window = new Window({ collector: program, cli: '', version: '0.5.0' }, folder, { settings });
  });
  afterEach(async () => {
    window.close();
    await folder.remove();
  });

  for (const [what, meet] of Object.entries(meetings)) {
    it(`ends when ${what} meets that, acknowledges nothing more, and the next one has all that was acknowledged`, async () => {
      const url = await window.http();
      const { grpc, pid } = await window.status();
      assert.ok(grpc.state === 'listening');
      const acknowledged: string[] = [];
      for (let i = 0; i < 25; i++) {
        const { body, spans } = newSpans(50);
        assert.equal((await post(url, body)).status, 200);
        acknowledged.push(spans[0]?.traceId ?? '');
      }
      window.states.length = 0;
      process.kill(pid, 'SIGUSR2');
      // The signal is handled behind what has arrived.
      await sleep(50);
      assert.equal(await meet(window, url, grpc.port).catch(() => false), false);
      await window.until(({ states }) => states.at(-1)?.state === 'connected', 'a new collector');
      assert.match(
        folder.log(),
        /ended by a defect: Error: the store in memory has broken down \(RuntimeError: /,
      );
      assert.notEqual((await window.status()).pid, pid);
      const stored = (await window.traces()).map(({ traceId, spanCount }) => [traceId, spanCount]);
      assert.deepEqual(stored.sort(), acknowledged.map(traceId => [traceId, 50]).sort());
      assert.equal((await post(await window.http(), newSpans(1).body)).status, 200, 'it takes spans again');
    });
  }
});
