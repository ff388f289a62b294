import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../../src/collector/engine';
import { crc32 } from '../../../../src/collector/journal/crc32';
import { journalFormatVersion } from '../../../../src/collector/journal/segmentFormat';
import { JournalError } from '../../../../src/collector/journal/journalError';
import { MemoryDatabase } from '../../../../src/collector/store/memoryDatabase';
import { column, testSqlModule } from '../store/support/readSnapshot';
import { newDataFolder, openTestEngine, removeDataFolders } from './support/dataFolders';
import { request, spanId, testStart, traceId } from './support/requests';

const ids = (engine: Engine) =>
  engine
    .listTraces(100)
    .map(({ traceId: id }) => Number(id))
    .sort((a, b) => a - b);

/** A data folder with traces 1 and 2 in a snapshot. */
async function closedFolder(): Promise<string> {
  const folder = newDataFolder();
  const engine = await openTestEngine(folder);
  await engine.ingest(request('cart', { trace: 1, name: 'GET /cart' }));
  await engine.ingest(request('cart', { trace: 2 }));
  await engine.close();
  return folder;
}

describe('The snapshot', () => {
  afterEach(removeDataFolders);

  it('is a plain SQLite file that says in words what is stored', async () => {
    const folder = await closedFolder();
    const bytes = readFileSync(join(folder, 'index.sqlite'));
    const db = new MemoryDatabase(await testSqlModule(), bytes);
    const select = db.prepare(
      'SELECT trace_id, span_count, root_name, root_service, start_unix_nano FROM readable_traces WHERE trace_id = ?',
    );
    select.bindText(1, traceId(1));
    assert.ok(select.step());
    assert.deepEqual(
      [0, 1, 2, 3, 4].map(i => select.text(i)),
      [traceId(1), '1', 'GET /cart', 'cart', String(testStart)],
    );
    assert.deepEqual(column(db, 'PRAGMA integrity_check'), ['ok']);
    db.close();
    assert.ok(!existsSync(join(folder, 'index.sqlite.new')));
  });

  it('is what a start reads; the journal only from there on', async () => {
    const folder = await closedFolder();
    // A journal that is damaged before the snapshot's position is not even looked at.
    const segment = join(folder, 'journal', '00000001.seg');
    const damaged = readFileSync(segment);
    damaged[60]! ^= 0xff;
    writeFileSync(segment, damaged);
    const engine = await openTestEngine(folder);
    assert.deepEqual(ids(engine), [1, 2]);
    assert.deepEqual(engine.notices(), []);
  });

  it('is read also where it has no checksum, as older versions wrote it', async () => {
    const folder = await closedFolder();
    const path = join(folder, 'index.sqlite');
    const bytes = readFileSync(path);
    assert.equal(bytes.length % 512, 12);
    writeFileSync(path, bytes.subarray(0, -12));
    const engine = await openTestEngine(folder);
    assert.deepEqual(ids(engine), [1, 2]);
    assert.deepEqual(engine.notices(), []);
  });

  it('is brought up to date with what came after it', async () => {
    const folder = await closedFolder();
    copyFileSync(join(folder, 'index.sqlite'), join(folder, 'older'));
    let engine = await openTestEngine(folder);
    await engine.ingest(request('cart', { trace: 2, id: 2, parent: 1 }, { trace: 3 }));
    await engine.close();
    copyFileSync(join(folder, 'older'), join(folder, 'index.sqlite'));
    engine = await openTestEngine(folder);
    assert.deepEqual(ids(engine), [1, 2, 3]);
    assert.equal(engine.traceSummary(traceId(2))?.spanCount, 2);
    assert.deepEqual(engine.notices(), []);
  });

  for (const [what, spoil] of [
    ['no SQLite file', (bytes: Buffer) => bytes.fill(7)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['empty', (bytes: Buffer) => bytes.subarray(0, 0)],
    ['damaged inside', (bytes: Buffer) => bytes.fill(0xff, 16384 * 3, 16384 * 9)],
    ['other than it was written by one bit', (bytes: Buffer) => ((bytes[bytes.length - 100]! ^= 1), bytes)],
    [
      'damaged inside, and without its checksum',
      (bytes: Buffer) => bytes.fill(0xff, 16384 * 3, 16384 * 9).subarray(0, -12),
    ],
    ['of a newer version', (bytes: Buffer) => (bytes.writeUInt32BE(99, 60), bytes)],
  ] as const) {
    it(`is set aside when it is ${what}; the journal has it all`, async () => {
      const folder = await closedFolder();
      const path = join(folder, 'index.sqlite');
      const spoilt = spoil(readFileSync(path));
      writeFileSync(path, spoilt);
      const engine = await openTestEngine(folder);
      assert.deepEqual(ids(engine), [1, 2]);
      assert.deepEqual(
        engine.notices().map(({ id, severity }) => [id, severity]),
        [['snapshot-unusable', 'info']],
      );
      assert.deepEqual(readFileSync(join(folder, 'index.unusable.sqlite')), spoilt);
    });
  }

  it('is not believed when the journal is another one', async () => {
    const folder = await closedFolder();
    const other = newDataFolder();
    const engine = await openTestEngine(other);
    await engine.ingest(request('orders', { trace: 5 }, { trace: 6 }, { trace: 7, padding: 5000 }));
    await engine.close();
    copyFileSync(join(folder, 'index.sqlite'), join(other, 'index.sqlite'));
    const opened = await openTestEngine(other);
    assert.deepEqual(ids(opened), [5, 6, 7]);
    assert.equal(opened.notices()[0]?.id, 'snapshot-unusable');
  });

  it('forgets what lies in journal segments that are gone', async () => {
    const folder = newDataFolder();
    let engine = await openTestEngine(folder, { segmentBytes: 500 });
    for (let trace = 1; trace <= 6; trace++) {
      await engine.ingest(request('cart', { trace, padding: 400 }));
      await engine.ingest(request('cart', { trace: 9, id: trace, padding: 100 }));
    }
    await engine.close();
    for (const number of [1, 2]) rmSync(join(folder, 'journal', `0000000${number}.seg`));
    engine = await openTestEngine(folder);
    assert.ok(ids(engine).length < 7 && ids(engine).includes(6));
    const { spanCount } = engine.traceSummary(traceId(9))!;
    assert.ok(spanCount < 6);
    for (const trace of ids(engine))
      assert.equal(engine.spanTable(traceId(trace))?.count, engine.traceSummary(traceId(trace))?.spanCount);
    const known = engine.readSpans(traceId(9), [1, 2, 3, 4, 5, 6].map(spanId));
    assert.equal(known.filter(span => span !== undefined).length, spanCount);
  });
});

describe('Opening', () => {
  afterEach(removeDataFolders);

  it('tells of a torn journal in a notice, and keeps the torn bytes', async () => {
    const folder = await closedFolder();
    rmSync(join(folder, 'index.sqlite'));
    const segment = join(folder, 'journal', '00000001.seg');
    writeFileSync(segment, readFileSync(segment).subarray(0, -3));
    const told: string[] = [];
    const engine = await openTestEngine(folder, { onNotice: notice => told.push(notice.message) });
    assert.deepEqual(ids(engine), [1]);
    const [notice] = engine.notices();
    assert.equal(notice?.severity, 'warning');
    assert.match(
      notice.message,
      /^\d+ bytes of the stored traces were incomplete or damaged and were left out\. They were kept as .*torn/,
    );
    assert.deepEqual(told, [notice.message]);
    assert.ok(existsSync(notice.message.slice(notice.message.indexOf('kept as ') + 8, -1)));
  });

  it('refuses a journal of a newer version with an error that says so', async () => {
    const folder = await closedFolder();
    const segment = join(folder, 'journal', '00000001.seg');
    const bytes = readFileSync(segment);
    bytes.writeUInt16LE(journalFormatVersion + 1, 8);
    bytes.writeUInt32LE(crc32(bytes.subarray(0, 36)), 36);
    writeFileSync(segment, bytes);
    await assert.rejects(
      openTestEngine(folder),
      (error: unknown) => error instanceof JournalError && error.reason === 'newer-format',
    );
  });
});
