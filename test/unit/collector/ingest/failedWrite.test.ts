import assert from 'node:assert/strict';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../../../src/collector/engine';
import { UnavailableError } from '../../../../src/collector/unavailableError';
import { newSmallDisk, type SmallDisk } from '../support/smallDisk';
import { newDataFolder, openTestEngine, removeDataFolders } from './support/dataFolders';
import { request, spanId, traceId } from './support/requests';

/** Settles once the disk has taken what was kept in memory. */
async function recovered(engine: Engine): Promise<void> {
  while (engine.counts().unwrittenBytes > 0) await sleep(5);
}

/** Stores traces of about 11 kB from `first` on until the disk is full; answers the ones that were acknowledged. */
async function fillDisk(engine: Engine, first: number): Promise<number[]> {
  const acknowledged: number[] = [];
  for (let trace = first; ; trace++) {
    try {
      await engine.ingest(request('cart', { trace, padding: 11_000 }));
    } catch (error) {
      assert.ok(error instanceof UnavailableError);
      return acknowledged;
    }
    acknowledged.push(trace);
  }
}

describe('When the journal cannot be written', () => {
  const disks: SmallDisk[] = [];
  afterEach(async () => {
    for (const disk of disks) disk.free();
    await removeDataFolders();
    for (const disk of disks.splice(0)) disk.remove();
  });

  it('keeps spans in memory and in sight, refuses them, says so once, and recovers by itself', async () => {
    const folder = newDataFolder();
    const told: string[] = [];
    const over: string[] = [];
    const engine = await openTestEngine(folder, {
      segmentBytes: 400,
      onNotice: notice => told.push(notice.message),
      onNoticeGone: id => over.push(id),
    });
    await engine.ingest(request('cart', { trace: 1, id: 1, padding: 300 }));
    // A folder where the next segment should be: nobody can write there, whatever his rights.
    const obstacle = join(folder, 'journal', '00000002.seg');
    mkdirSync(obstacle);
    const orders = request('orders', { trace: 1, id: 2, parent: 1, error: true }, { trace: 2 });
    const refused = [
      engine.ingest(orders),
      // A retry that comes while the first is on its way: all of it is known already.
      engine.ingest(orders),
      engine.ingest(request('orders', { trace: 3 })),
    ];
    for (const result of await Promise.allSettled(refused))
      assert.ok(result.status === 'rejected' && result.reason instanceof UnavailableError);
    await assert.rejects(engine.ingest(orders), UnavailableError, 'a retry before it is written');
    assert.equal(engine.counts().spans, 4);
    assert.ok(engine.counts().unwrittenBytes > orders.length);
    assert.equal(engine.readSpans(traceId(1), [spanId(2)])[0]?.name, 'GET /cart');
    assert.equal(told.length, 1);
    assert.ok(told[0]?.includes(folder), told[0]);
    rmdirSync(obstacle);
    await recovered(engine);
    assert.deepEqual(engine.notices(), []);
    assert.equal(over.length, 1);
    const { duplicates } = await engine.ingest(orders);
    assert.equal(duplicates, 2, 'the retry is a success, and nothing is doubled');
    await engine.close();
    assert.equal((await openTestEngine(folder)).counts().spans, 4);
  });

  it('has what it acknowledged and nothing twice behind a disk that was full twice, which it told of once', async () => {
    const disk = newSmallDisk();
    disks.push(disk);
    const told = new Map<string, string>();
    const engine = await openTestEngine(disk.folder, {
      onNotice: ({ id, message }) => told.set(id, message),
    });
    const acknowledged: number[] = [];
    for (const first of [1, 1000]) {
      disk.fill(60_000);
      acknowledged.push(...(await fillDisk(engine, first)));
      const last = engine.counts().traces;
      disk.free();
      await recovered(engine);
      assert.equal(engine.counts().traces, last);
    }
    assert.ok(acknowledged.length > 4, `${acknowledged.length} acknowledged`);
    assert.equal(told.size, 1, 'clients show each id once');
    assert.match([...told.values()].join(), /cannot write to .*(disk is full|log says why)/);
    await engine.close();
    const again = await openTestEngine(disk.folder);
    for (const trace of acknowledged)
      assert.equal(again.readSpans(traceId(trace), [spanId(1)])[0]?.name, 'GET /cart');
    // The one of each time that was not acknowledged was written when there was room.
    assert.equal(again.counts().spans, acknowledged.length + 2);
    assert.deepEqual(again.notices(), []);
  });

  it('refuses spans beyond its limit without keeping them', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder, { maxUnwrittenBytes: 1000 });
    const obstacle = join(folder, 'journal', '00000001.seg');
    mkdirSync(obstacle);
    await assert.rejects(engine.ingest(request('cart', { trace: 1, padding: 900 })), UnavailableError);
    await assert.rejects(engine.ingest(request('cart', { trace: 2, padding: 900 })), UnavailableError);
    assert.deepEqual([engine.counts().traces, engine.traceSummary(traceId(2))], [1, undefined]);
    rmdirSync(obstacle);
    await recovered(engine);
    await engine.ingest(request('cart', { trace: 2, padding: 900 }));
    assert.equal(engine.counts().traces, 2);
  });

  it('makes room by what retention drops, also of what is in memory only', async () => {
    const disk = newSmallDisk();
    disks.push(disk);
    const retention = { maxSpans: 1_000_000, maxBytes: 2 ** 30, maxAgeSeconds: 1e6 };
    const engine = await openTestEngine(disk.folder, { retention, segmentBytes: 50_000 });
    for (let trace = 1; trace <= 30; trace++)
      await engine.ingest(request('cart', { trace, padding: 20_000 }));
    disk.fill(4096);
    await assert.rejects(engine.ingest(request('cart', { trace: 31, padding: 20_000 })), UnavailableError);
    engine.configureRetention({ ...retention, maxBytes: 300_000 });
    await recovered(engine);
    const { traces, droppedByRetention } = engine.counts();
    assert.ok(droppedByRetention > 10, `${droppedByRetention} dropped`);
    assert.equal(traces + droppedByRetention, 31);
    await engine.close();
    assert.equal((await openTestEngine(disk.folder)).counts().traces, traces);
  });

  it('drops what was never acknowledged when it closes, and has the rest', async () => {
    const disk = newSmallDisk();
    disks.push(disk);
    const logged: string[] = [];
    const engine = await openTestEngine(disk.folder, { log: (_, message) => logged.push(message) });
    await engine.ingest(request('cart', { trace: 1 }));
    disk.fill(0);
    await assert.rejects(engine.ingest(request('cart', { trace: 2, padding: 20_000 })), UnavailableError);
    await engine.close();
    assert.ok(logged.some(line => /bytes that were not acknowledged are not in the journal/.test(line)));
    disk.free();
    const again = await openTestEngine(disk.folder);
    assert.deepEqual(
      again.listTraces(10).map(summary => summary.traceId),
      [traceId(1)],
    );
    assert.deepEqual(again.notices(), []);
  });

  it('refuses spans once it closes, and finishes those on their way', async () => {
    const folder = newDataFolder();
    const engine = await openTestEngine(folder);
    const onItsWay = engine.ingest(request('cart', { trace: 1 }));
    const closing = engine.close();
    await assert.rejects(engine.ingest(request('cart', { trace: 2 })), UnavailableError);
    await Promise.all([onItsWay, closing, engine.close()]);
    assert.equal((await openTestEngine(folder)).counts().traces, 1);
  });
});
