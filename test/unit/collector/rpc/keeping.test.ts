import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/client/connection';
import { newSpans } from '../../../sdk/support/send';
import { CollectorHere } from './collectorHere';

describe('A client that keeps or deletes traces', () => {
  let here: CollectorHere;
  let client: Connection;

  beforeEach(async () => {
    here = new CollectorHere();
    await here.open();
    client = await here.connect();
  });
  afterEach(async () => {
    client.close();
    await here.remove();
  });

  it('pins a trace and unpins it; the status counts pinned ones and says since when there are data', async () => {
    const began = Date.now();
    assert.equal((await client.request('status', {})).result.oldestArrivalMs, undefined);
    const { body, spans } = newSpans(2);
    await here.receive(body);
    const { traceId } = spans[0]!;
    const pinned = (await client.request('pin', { traceId, pinned: true })).result.summary;
    assert.deepEqual([pinned.traceId, pinned.pinned, pinned.spanCount], [traceId, true, 2]);
    const { result: status } = await client.request('status', {});
    assert.equal(status.pinnedTraces, 1);
    assert.ok(status.oldestArrivalMs !== undefined && status.oldestArrivalMs >= began);
    assert.equal((await client.request('traces', { limit: 1 })).result.traces[0]?.pinned, true);
    assert.equal((await client.request('pin', { traceId, pinned: false })).result.summary.pinned, false);
    await assert.rejects(client.request('pin', { traceId: 'f'.repeat(32), pinned: true }), {
      reason: 'not-found',
    });
  });

  it('deletes traces, told how many there were, and finds nothing of them afterwards', async () => {
    const { body, spans } = newSpans(3);
    await here.receive(body);
    await here.receive(newSpans(1).body);
    const { traceId } = spans[0]!;
    await client.request('traceColumns', { traceId });
    const { result } = await client.request('delete', { traceIds: [traceId, 'f'.repeat(32), 'no id'] });
    assert.deepEqual(result, { spans: 3, traces: 1 });
    await assert.rejects(client.request('traceColumns', { traceId }), { reason: 'not-found' });
    const { result: status } = await client.request('status', {});
    assert.deepEqual([status.traceCount, status.spanCount, status.droppedByRetention], [1, 1, 0]);
    await assert.rejects(client.request('delete', { traceIds: [] }), { reason: 'bad-request' });
  });
});
