import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/client/connection';
import type { CollectorEvent } from '../../../../src/protocol/collectorProtocol';
import { spanId, traceId } from '../ingest/support/requests';
import { logsRequest, type LogFields } from '../logs/logRecords';
import { CollectorHere } from './collectorHere';

describe('the method `logs`', () => {
  let here: CollectorHere;
  let client: Connection;
  const events: CollectorEvent[] = [];

  beforeEach(async () => {
    here = new CollectorHere();
    await here.open();
    events.length = 0;
    client = await here.connect(event => events.push(event));
  });
  afterEach(async () => {
    client.close();
    await here.remove();
  });

  async function receive(...records: readonly LogFields[]): Promise<void> {
    const { http } = here.running.status();
    assert.equal(http.state, 'listening');
    const response = await fetch(`http://127.0.0.1:${http.port}/v1/logs`, {
      method: 'POST',
      body: new Uint8Array(logsRequest('cart', ...records)),
      headers: { 'content-type': 'application/x-protobuf' },
    });
    assert.equal(response.status, 200);
    assert.equal((await response.arrayBuffer()).byteLength, 0);
  }

  it('answers those of a span, of a trace and all, page by page, from a severity on', async () => {
    await receive(
      { time: 1, body: 'a' },
      { time: 2, body: 'b', span: 2, severity: 17 },
      { time: 3, body: 'c', trace: 0, severity: 17 },
    );
    const ask = async (params: object) => {
      const { logs, total, cursor } = (await client.request('logs', { limit: 10, ...params })).result;
      return [
        logs.map(({ body }) => ('stringValue' in body ? body.stringValue : '')),
        total,
        cursor,
      ] as const;
    };
    assert.deepEqual(await ask({}), [['c', 'b', 'a'], 3, undefined]);
    assert.deepEqual(await ask({ traceId: traceId(1) }), [['a', 'b'], 2, undefined]);
    assert.deepEqual(await ask({ traceId: traceId(1), spanId: spanId(2) }), [['b'], 1, undefined]);
    assert.deepEqual(await ask({ minSeverity: 17 }), [['c', 'b'], 2, undefined]);
    assert.deepEqual(await ask({ traceId: traceId(9) }), [[], 0, undefined]);
    const [first, total, cursor] = await ask({ limit: 2 });
    assert.deepEqual([first, total], [['c', 'b'], 3]);
    assert.deepEqual(await ask({ limit: 2, before: cursor }), [['a'], 3, undefined]);
  });

  for (const [what, params] of [
    ['no trace id', { traceId: 'xyz' }],
    ['no span id', { traceId: traceId(1), spanId: '0'.repeat(16) }],
    ['a span id needs its trace id', { spanId: spanId(1) }],
    ['no cursor', { before: '1.2' }],
    ['no cursor', { before: '1.2.3.x' }],
    ['no cursor', { before: `${'9'.repeat(400)}.0.0.0` }],
    ['limit', { limit: 0 }],
    ['minSeverity', { minSeverity: 25 }],
  ] as const)
    it(`refuses ${JSON.stringify(params).slice(0, 60)}: ${what}`, async () => {
      await assert.rejects(client.request('logs', { limit: 1, ...params }), (error: unknown) => {
        assert.ok(error instanceof Error && 'reason' in error);
        assert.equal(error.reason, 'bad-request');
        return error.message.includes(what);
      });
    });

  it('has its counts in the status, in the answer of `span` and in an event of its own', async () => {
    await here.receive(
      JSON.stringify({
        resourceSpans: [
          { scopeSpans: [{ spans: [{ traceId: traceId(1), spanId: spanId(1), name: 'GET /cart' }] }] },
        ],
      }),
    );
    await receive({}, { time: 1 }, { trace: 2 });
    const status = (await client.request('status', {})).result;
    assert.deepEqual([status.logCount, status.receivedLogRecords, status.rejectedLogRecords], [3, 3, 0]);
    const answer = await client.request('span', { traceId: traceId(1), spanId: spanId(1) });
    assert.equal(answer.result.logCount, 2);
    while (!events.some(event => event.event === 'changed' && event.logCount === 3))
      await new Promise(resolve => setTimeout(resolve, 10));
    assert.equal((await client.request('traces', { limit: 10 })).result.total, 1);
    await client.request('clear', {});
    assert.equal((await client.request('logs', { limit: 10 })).result.total, 0);
  });
});
