import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChangeFeed } from '../../../../src/collector/rpc/changeFeed';
import { outOfMemory, SqlError } from '../../../../src/collector/store/sqlError';
import type { CollectorEvent } from '../../../../src/protocol/collectorProtocol';
import { CollectorHere } from './collectorHere';

describe('ChangeFeed', () => {
  it('tells that there is more where a trace cannot be read for want of memory, and goes on', async () => {
    const here = new CollectorHere();
    await here.open();
    const events: CollectorEvent[] = [];
    const subscriber = { keepsUp: true, sendEvent: (event: CollectorEvent) => void events.push(event) };
    const feed = new ChangeFeed({
      subscribers: () => [subscriber],
      summary: () => {
        throw new SqlError(outOfMemory, 'out of memory');
      },
      status: () => here.running.status(),
    });
    try {
      for (const told of [1, 2]) {
        feed.changed({ traces: ['a'.repeat(32)], removed: ['b'.repeat(32)], cleared: false });
        while (events.length < told) await sleep(5);
      }
      for (const event of events)
        assert.ok(
          event.event === 'changed' &&
            event.more &&
            event.traces.length === 0 &&
            event.removed[0] === 'b'.repeat(32),
        );
    } finally {
      feed.close();
      await here.remove();
    }
  });
});
