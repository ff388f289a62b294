import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../../../src/client/connection';
import type { SqlModule } from '../../../../src/collector/store/sqlModule';
import { newSpans } from '../../../sdk/support/send';
import { newDataFolder, openTestEngine, removeDataFolders } from '../ingest/support/dataFolders';
import { request, traceId } from '../ingest/support/requests';
import { exhaust } from '../store/support/exhaust';
import { testSqlModule } from '../store/support/readSnapshot';
import { CollectorHere } from './collectorHere';

describe('When WebAssembly has no memory left', () => {
  let module: SqlModule;
  let giveBack = (): void => undefined;

  before(async () => {
    module = await testSqlModule();
  });
  afterEach(async () => {
    giveBack();
    await removeDataFolders();
  });

  describe('a client', () => {
    let here: CollectorHere;
    let client: Connection;

    beforeEach(async () => {
      here = new CollectorHere();
      await here.open();
      client = await here.connect();
    });
    afterEach(async () => {
      giveBack();
      client.close();
      await here.remove();
    });

    it('is told to ask again later, and gets its answer once there is memory', async () => {
      const { body, spans } = newSpans(5);
      await here.receive(body);
      const { traceId: id, spanId } = spans[0]!;
      giveBack = exhaust(module);
      for (const ask of [
        () => client.request('traceColumns', { traceId: id }),
        () => client.request('span', { traceId: id, spanId }),
        () => client.request('pin', { traceId: id, pinned: true }),
      ])
        await assert.rejects(ask, { reason: 'unavailable', message: /no memory left .*[Tt]ry again/ });
      giveBack();
      const { result } = await client.request('traceColumns', { traceId: id });
      assert.equal(result.summary.spanCount, 5);
      assert.equal(result.summary.pinned, false, 'what failed has changed nothing');
      assert.deepEqual(
        here.lines.filter(line => line.includes('[rpc]')),
        [],
      );
    });
  });

  it('a snapshot is not written and the log says so; journal and store are whole, and a later one is written', async () => {
    const folder = newDataFolder();
    const lines: string[] = [];
    const engine = await openTestEngine(folder, {
      snapshotSpans: 3,
      log: (level, message) => lines.push(`${level}: ${message}`),
    });
    const failures = (): string[] =>
      lines.filter(line => /snapshot could not be written: .*memory/.test(line));
    await engine.ingest(request('cart', { trace: 1 }, { trace: 2 }));
    giveBack = exhaust(module);
    await engine.close();
    assert.equal(failures().length, 1, lines.join('\n'));
    assert.ok(!existsSync(join(folder, 'index.sqlite')));
    giveBack();
    const again = await openTestEngine(folder);
    assert.deepEqual(
      again.listTraces(10).map(summary => summary.traceId),
      [traceId(2), traceId(1)],
    );
    await again.close();
    assert.ok(existsSync(join(folder, 'index.sqlite')));
  });

  it('while spans come in, the snapshot is not tried again with each of them', async () => {
    const lines: string[] = [];
    const engine = await openTestEngine(newDataFolder(), {
      snapshotSpans: 1000,
      log: (_, message) => lines.push(message),
    });
    giveBack = exhaust(module);
    for (let trace = 1; trace <= 5; trace++) {
      const spans = Array.from({ length: 500 }, (_, i) => ({ trace, id: i + 1 }));
      await engine.ingest(request('cart', ...spans)).catch(() => undefined);
    }
    await sleep(50);
    const failures = lines.filter(line => /snapshot could not be written/.test(line));
    assert.ok(failures.length <= 1, failures.join('\n'));
    giveBack();
    await engine.ingest(request('cart', { trace: 7 }));
    assert.ok(engine.traceSummary(traceId(7)));
  });
});
