import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../../../src/collector/engine';
import { UnavailableError } from '../../../../src/collector/unavailableError';
import type { Notice } from '../../../../src/protocol/collectorProtocol';
import { FailingFiles } from '../support/failingFiles';
import { newDataFolder, openTestEngine, removeDataFolders } from './support/dataFolders';
import { request, spanId, traceId } from './support/requests';

const sentences = {
  ENOSPC: /the disk is full\. Free some space/,
  EDQUOT: /the quota of the disk is used up\. Free some space/,
  EROFS: /the disk is read-only\. Make it writable/,
  EIO: /the disk reports an error\. Check it/,
  EACCES: /permission is missing\. Make the folder writable/,
  ESTALE: /the log says why\. Check space and permissions/,
};

describe('When the disk fails', () => {
  let files: FailingFiles;
  let told: Notice[];
  let gone: string[];

  beforeEach(async () => {
    files = await FailingFiles.take();
    told = [];
    gone = [];
  });
  afterEach(async () => {
    files.giveBack();
    await removeDataFolders();
  });

  const opened = (folder: string, syncIntervalMs = 1000): Promise<Engine> =>
    openTestEngine(folder, {
      syncIntervalMs,
      onNotice: notice => told.push(notice),
      onNoticeGone: id => gone.push(id),
    });

  for (const [code, sentence] of Object.entries(sentences))
    for (const [how, fail] of [
      ['at once', () => files.fail(code, 'writev')],
      ['half way', () => files.failHalfWay(code)],
    ] as const)
      it(`with ${code} ${how}, spans are kept in sight and refused, the user is told once what to do, and all is well when it works again`, async () => {
        const folder = newDataFolder();
        const engine = await opened(folder);
        await engine.ingest(request('cart', { trace: 1 }));
        fail();
        const refused = request('cart', { trace: 2, padding: 3000 });
        await assert.rejects(engine.ingest(refused), UnavailableError);
        await assert.rejects(engine.ingest(request('cart', { trace: 3 })), UnavailableError);
        assert.equal(engine.readSpans(traceId(2), [spanId(1)])[0]?.name, 'GET /cart');
        assert.ok(engine.counts().unwrittenBytes > 3000);
        assert.deepEqual(engine.notices(), told);
        assert.equal(told.length, 1);
        assert.equal(told[0]?.severity, 'error');
        assert.match(told[0].message, sentence);
        assert.ok(told[0].message.includes(folder));
        files.work();
        while (engine.counts().unwrittenBytes > 0) await sleep(5);
        assert.deepEqual([engine.notices(), gone], [[], [told[0].id]]);
        const { accepted, duplicates } = await engine.ingest(refused);
        assert.deepEqual([accepted, duplicates], [1, 1], 'sent again it is a success');
        await engine.close();
        const again = await opened(folder);
        assert.equal(again.counts().spans, 3, 'each is there once');
        assert.equal(told.length, 1, 'nothing torn is left');
      });

  for (const code of ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS'])
    it(`with ${code} at a sync, spans are acknowledged, and the user is told until a sync has worked that had them again`, async () => {
      const folder = newDataFolder();
      const engine = await opened(folder, 5);
      await engine.ingest(request('cart', { trace: 1 }));
      await engine.flush();
      files.fail(code, 'datasync');
      const { accepted } = await engine.ingest(request('cart', { trace: 2, padding: 3000 }));
      assert.equal(accepted, 1);
      while (told.length === 0) await sleep(2);
      assert.equal(told[0]?.severity, 'warning');
      assert.match(told[0].message, /did not confirm that spans are safe from a power loss/);
      await engine.ingest(request('cart', { trace: 3 }));
      files.calls.length = 0;
      files.work();
      while (engine.notices().length > 0) await sleep(5);
      assert.deepEqual([told.length, gone], [1, [told[0].id]]);
      const written = files.calls.findIndex(
        ({ method, args: [bytes] }) => method === 'write' && (bytes as Buffer).includes('x'.repeat(3000)),
      );
      const synced = files.calls.findLastIndex(({ method }) => method === 'datasync');
      assert.ok(written >= 0 && written < synced, 'the system may have thrown away what it could not sync');
      await engine.close();
      assert.equal((await opened(folder)).counts().spans, 3);
    });

  it('at a sync that comes before the answer, spans are refused until it works', async () => {
    const folder = newDataFolder();
    const engine = await opened(folder, 0);
    await engine.ingest(request('cart', { trace: 1 }));
    files.fail('EIO', 'datasync');
    await assert.rejects(engine.ingest(request('cart', { trace: 2 })), UnavailableError);
    assert.match(told[0]?.message ?? '', sentences.EIO);
    files.work();
    while (engine.counts().unwrittenBytes > 0) await sleep(5);
    assert.equal((await engine.ingest(request('cart', { trace: 2 }))).duplicates, 1);
    await engine.close();
    assert.equal((await opened(folder)).counts().spans, 2);
  });

  it('at the sync of a segment that is full, that is synced later and not forgotten', async () => {
    const engine = await openTestEngine(newDataFolder(), {
      segmentBytes: 1000,
      syncIntervalMs: 5,
      onNotice: notice => told.push(notice),
    });
    files.fail('EIO', 'datasync');
    for (let trace = 1; trace <= 4; trace++) await engine.ingest(request('cart', { trace, padding: 1200 }));
    while (told.length === 0) await sleep(2);
    files.calls.length = 0;
    files.work();
    while (engine.notices().length > 0) await sleep(5);
    const syncs = files.calls.filter(({ method }) => method === 'datasync').length;
    assert.ok(syncs >= 4, `${syncs} files were synced`);
    assert.equal(told.length, 1);
  });
});
