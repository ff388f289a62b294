import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { traceId } from '../ingest/support/requests';
import { logsRequest, type LogFields } from './logRecords';

const records = 4000;

describe('Log records whose journal segments are gone', () => {
  afterEach(removeDataFolders);

  it('are forgotten at the next start, in steps with the event loop free in between, and the others stay', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder, { segmentBytes: 1000 });
    const request = (trace: number, from: number): Uint8Array =>
      logsRequest(
        'cart',
        ...Array.from({ length: records }, (_, i): LogFields => ({ trace, body: 'x', time: from + i })),
      );
    // Those of two traces and of none, a segment each; the first trace gets more later.
    for (const trace of [1, 2, 0]) await engine.ingestLogs(request(trace, 0));
    await engine.ingestLogs(request(1, records));
    await engine.ingestLogs(request(0, records));
    assert.equal(engine.counts().logs, 5 * records);
    await engine.close();
    for (const number of [1, 2, 3]) rmSync(join(folder, 'journal', `0000000${number}.seg`));
    let turns = 0;
    const opening = new AbortController();
    const counting = (async () => {
      for (; !opening.signal.aborted; turns++) await setImmediate();
    })();
    engine = await openTestEngine(folder);
    opening.abort();
    await counting;
    assert.ok(turns > 5, `${turns} turns`);
    assert.equal(engine.counts().logs, 2 * records);
    const page = (trace?: number) =>
      engine.logs.page({ ...(trace === undefined ? {} : { traceId: traceId(trace) }), limit: 3 * records });
    assert.deepEqual([page(1).total, page(2).total, page().total], [records, 0, 2 * records]);
    assert.equal(page(1).logs.length, records);
    assert.equal(page().logs.length, 2 * records);
  });
});
