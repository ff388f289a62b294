import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmdirSync, rmSync } from 'node:fs';
import type { Journal } from '../../../../src/collector/journal/journal';
import { JournalError } from '../../../../src/collector/journal/journalError';
import { frameKind, segmentHeaderBytes } from '../../../../src/collector/journal/segmentFormat';
import { newSmallDisk, type SmallDisk } from '../support/smallDisk';
import {
  newJournalFolder,
  openTestJournal,
  removeJournalFolders,
  segmentBytes,
  segmentPath,
} from './support/testJournal';

const { request } = frameKind;

function reason(wanted: string) {
  return (error: unknown) => error instanceof JournalError && error.reason === wanted;
}

/** Settles once all that waits is written. */
async function recovered(journal: Journal): Promise<void> {
  while (journal.isStalled) await new Promise(resolve => setTimeout(resolve, 5));
  await journal.written();
}

describe('A journal that cannot be written', () => {
  const disks: SmallDisk[] = [];
  afterEach(async () => {
    for (const disk of disks) disk.free();
    await removeJournalFolders();
    for (const disk of disks.splice(0)) disk.remove();
  });

  it('keeps what waits, tells so before appends reject, and writes it where it was promised', async () => {
    const folder = newJournalFolder();
    const order: string[] = [];
    const { journal } = await openTestJournal(folder, {
      segmentBytes: 100,
      onStalled: ({ reason }) => order.push(reason),
      onRecovered: () => order.push('recovered'),
    });
    await journal.append(request, Buffer.from('a'.repeat(60))).written;
    // A folder where the next file should be: nobody can write there, whatever his rights.
    mkdirSync(segmentPath(folder, 2));
    // The first two go to segment 2 and the third to segment 3.
    const payloads = ['b'.repeat(50), 'c'.repeat(50), 'd'];
    const appended = payloads.map(payload => journal.append(request, Buffer.from(payload)));
    for (const { written } of appended) {
      await assert.rejects(written, reason('write-failed'));
      order.push('rejected');
    }
    await assert.rejects(journal.flush(), reason('write-failed'));
    await assert.rejects(journal.append(request, Buffer.from('e')).written, reason('write-failed'));
    assert.equal(journal.pendingBytes, 102);
    for (const [i, { location }] of appended.entries())
      assert.equal(Buffer.from(journal.readSync(location)).toString(), payloads[i]);
    rmdirSync(segmentPath(folder, 2));
    await recovered(journal);
    await journal.append(request, Buffer.from('f')).written;
    assert.deepEqual(order, ['write-failed', 'rejected', 'rejected', 'rejected', 'recovered']);
    assert.equal(journal.pendingBytes, 0);
    for (const [i, { location }] of appended.entries())
      assert.equal(Buffer.from(journal.readSync(location)).toString(), payloads[i]);
    await journal.close();
    assert.deepEqual((await openTestJournal(folder)).frames, ['a'.repeat(60), ...payloads, 'e', 'f']);
  });

  it('refuses what would be more than it may keep, one frame of any length excepted', async () => {
    const folder = newJournalFolder();
    mkdirSync(segmentPath(folder));
    const { journal } = await openTestJournal(folder, { maxUnwrittenBytes: 10 });
    const kept = 'longer than ten bytes';
    await assert.rejects(journal.append(request, Buffer.from(kept)).written, reason('write-failed'));
    assert.throws(() => journal.append(request, Buffer.from('x')), reason('overloaded'));
    rmdirSync(segmentPath(folder));
    await recovered(journal);
    await journal.append(request, Buffer.from('y')).written;
    await journal.close();
    assert.deepEqual((await openTestJournal(folder)).frames, [kept, 'y']);
  });

  it('drops what the disk does not take until it is closed, and says how much', async () => {
    const folder = newJournalFolder();
    mkdirSync(segmentPath(folder));
    const dropped: number[] = [];
    const { journal } = await openTestJournal(folder, { onDropped: bytes => dropped.push(bytes) });
    await assert.rejects(journal.append(request, Buffer.from('never acknowledged')).written);
    await journal.close();
    assert.deepEqual(dropped, [18]);
    rmdirSync(segmentPath(folder));
    assert.deepEqual((await openTestJournal(folder)).frames, []);
  });

  it('tries a last time when it is closed', async () => {
    const folder = newJournalFolder();
    mkdirSync(segmentPath(folder));
    const { journal } = await openTestJournal(folder, { retryMs: 1e6 });
    await assert.rejects(journal.append(request, Buffer.from('late')).written);
    rmdirSync(segmentPath(folder));
    await journal.close();
    assert.deepEqual((await openTestJournal(folder)).frames, ['late']);
  });

  it('cuts the half of a frame that a full disk took, and goes on when there is room', async () => {
    const disk = newSmallDisk();
    disks.push(disk);
    const causes: unknown[] = [];
    const { journal } = await openTestJournal(disk.folder, { onStalled: ({ cause }) => causes.push(cause) });
    await journal.append(request, Buffer.from('first')).written;
    disk.fill(8192);
    const payloads = ['b'.repeat(40_000), 'c'.repeat(40_000)];
    for (const payload of payloads)
      await assert.rejects(journal.append(request, Buffer.from(payload)).written, reason('write-failed'));
    assert.match(String(causes[0]), /ENOSPC|EFBIG/);
    assert.ok(segmentBytes(disk.folder).length > segmentHeaderBytes + 14, 'a part was written');
    disk.free();
    await recovered(journal);
    assert.equal(journal.bytes, segmentBytes(disk.folder).length);
    await journal.close();
    const { frames, damages } = await openTestJournal(disk.folder);
    assert.deepEqual([frames, damages], [['first', ...payloads], []]);
  });

  it('leaves no half of a frame behind when it is closed while the disk is full', async () => {
    const disk = newSmallDisk();
    disks.push(disk);
    const { journal } = await openTestJournal(disk.folder);
    await journal.append(request, Buffer.from('first')).written;
    disk.fill(8192);
    await assert.rejects(journal.append(request, Buffer.from('x'.repeat(40_000))).written);
    await journal.close();
    const { frames, damages } = await openTestJournal(disk.folder);
    assert.deepEqual([frames, damages], [['first'], []]);
  });

  it('makes its folder again where somebody has deleted it', async () => {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder);
    rmSync(folder, { recursive: true });
    await journal.append(request, Buffer.from('first')).written;
    assert.ok(segmentBytes(folder).includes('first'));
  });

  it('notices that the file it writes to was deleted, says so, and goes on in another', async () => {
    const folder = newJournalFolder();
    const told: string[] = [];
    const { journal } = await openTestJournal(folder, {
      syncIntervalMs: 5,
      onSyncFailure: ({ message }) => told.push(message),
    });
    await journal.append(request, Buffer.from('first')).written;
    rmSync(segmentPath(folder));
    while (told.length === 0) await journal.append(request, Buffer.from('lost with the file')).written;
    assert.match(told.join(), /00000001\.seg was deleted by another program/);
    await journal.append(request, Buffer.from('next')).written;
    await journal.close();
    assert.ok((await openTestJournal(folder)).frames.includes('next'));
  });

  it('keeps the promised places behind a hole where the file is gone when it can write again', async () => {
    const disk = newSmallDisk();
    disks.push(disk);
    const { journal } = await openTestJournal(disk.folder);
    await journal.append(request, Buffer.from('lost with the file')).written;
    disk.fill(8192);
    const { location, written } = journal.append(request, Buffer.from('x'.repeat(40_000)));
    await assert.rejects(written);
    rmSync(segmentPath(disk.folder));
    disk.free();
    await recovered(journal);
    assert.equal(journal.readSync(location)[0], 'x'.charCodeAt(0));
    await journal.close();
    assert.deepEqual((await openTestJournal(disk.folder)).frames, ['x'.repeat(40_000)]);
  });

  it('syncs before an append resolves where the interval is 0, also when it becomes so later', async () => {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder, { onSyncFailure: () => undefined });
    await journal.append(request, Buffer.from('first')).written;
    journal.configureSync(0);
    // A sync that fails shows that there was one: the file has no name any more.
    rmSync(segmentPath(folder));
    await assert.rejects(journal.append(request, Buffer.from('second')).written, reason('write-failed'));
    await recovered(journal);
    await journal.close();
    assert.deepEqual((await openTestJournal(folder)).frames, ['second']);
  });

  it('deletes everything on a full disk, and has room again', async () => {
    const disk = newSmallDisk();
    disks.push(disk);
    const { journal } = await openTestJournal(disk.folder, { segmentBytes: 200_000 });
    for (let i = 0; i < 20; i++) await journal.append(request, Buffer.alloc(50_000)).written;
    disk.fill(4096);
    await assert.rejects(journal.append(request, Buffer.alloc(50_000)).written);
    await journal.clear();
    await recovered(journal);
    await journal.append(request, Buffer.from('new')).written;
    await journal.close();
    assert.deepEqual((await openTestJournal(disk.folder)).frames, ['', 'new']);
  });

  it('says which file cannot be deleted and keeps it in its books', async function () {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder);
    await journal.append(request, Buffer.from('old')).written;
    journal.rotate();
    await journal.append(request, Buffer.from('new')).written;
    // What stands where a file should be cannot be unlinked; root may write where others may not.
    rmSync(segmentPath(folder));
    mkdirSync(segmentPath(folder));
    await assert.rejects(journal.drop(1), /EISDIR|EPERM/);
    assert.deepEqual(
      journal.segments.map(({ number }) => number),
      [1, 2],
    );
    chmodSync(segmentPath(folder), 0o700);
  });
});
