import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { JournalError } from '../../../../src/collector/journal/journalError';
import {
  frameHeaderBytes,
  frameKind,
  maxPayloadBytes,
  segmentHeaderBytes,
} from '../../../../src/collector/journal/segmentFormat';
import {
  newJournalFolder,
  openTestJournal,
  removeJournalFolders,
  segmentBytes,
  segmentPath,
} from './support/testJournal';

const { request } = frameKind;
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('Journal', () => {
  afterEach(removeJournalFolders);

  it('has the bytes in the file once an append resolves, at the place it named at once', async () => {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder);
    const { location, written } = journal.append(request, Buffer.from('first'));
    assert.deepEqual(location, { segment: 1, offset: segmentHeaderBytes + frameHeaderBytes, length: 5 });
    assert.equal(existsSync(segmentPath(folder)), false, 'nothing is written in the same turn');
    await written;
    const file = segmentBytes(folder);
    assert.equal(file.subarray(location.offset).toString(), 'first');
    assert.equal(journal.bytes, file.length);
  });

  it('reads a payload, or a part of one, before and after it is written', async () => {
    const { journal } = await openTestJournal(newJournalFolder());
    const { location, written } = journal.append(request, Buffer.from('hello world'));
    const part = { ...location, offset: location.offset + 6, length: 5 };
    assert.equal(text(journal.readSync(part)), 'world');
    assert.equal(text(await journal.read(part)), 'world');
    await written;
    assert.equal(text(journal.readSync(part)), 'world');
    assert.equal(text(await journal.read(part)), 'world');
  });

  it('says that bytes are unreadable that no segment has', async () => {
    const { journal } = await openTestJournal(newJournalFolder());
    await journal.append(request, Buffer.from('x')).written;
    for (const place of [
      { segment: 1, offset: 49, length: 2 },
      { segment: 1, offset: 1e6, length: 1 },
      { segment: 7, offset: 49, length: 1 },
    ]) {
      const unreadable = (error: unknown) => error instanceof JournalError && error.reason === 'unreadable';
      assert.throws(() => journal.readSync(place), unreadable);
      await assert.rejects(journal.read(place), unreadable);
    }
  });

  it('writes what comes together in one go, in order, and hands it over in order', async () => {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder);
    const sent = Array.from({ length: 2000 }, (_, i) => `frame ${i}`);
    const settled: number[] = [];
    await Promise.all(
      sent.map(async (frame, i) => {
        await journal.append(request, Buffer.from(frame)).written;
        settled.push(i);
      }),
    );
    assert.deepEqual(
      settled,
      sent.map((_, i) => i),
    );
    await journal.close();
    assert.deepEqual((await openTestJournal(folder)).frames, sent);
  });

  it('goes on in a new segment when one has its length, and behind the last frame after a restart', async () => {
    const folder = newJournalFolder();
    const sent = Array.from({ length: 40 }, (_, i) => `frame ${i}`);
    for (const some of [sent.slice(0, 15), sent.slice(15)]) {
      const { journal } = await openTestJournal(folder, { segmentBytes: 200 });
      for (const [i, frame] of some.entries()) {
        const { written } = journal.append(request, Buffer.from(frame));
        if (i % 3 === 0) await written;
      }
      await journal.close();
    }
    const { journal, frames } = await openTestJournal(folder);
    assert.deepEqual(frames, sent);
    assert.ok(journal.segments.length >= 4, `${journal.segments.length} segments`);
    assert.deepEqual(
      journal.segments.map(({ number, bytes }) => [number, bytes]),
      journal.segments.map(({ number }) => [number, segmentBytes(folder, number).length]),
    );
  });

  it('hands over what lies behind a position, and knows a position that is none of its own', async () => {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder);
    await journal.append(request, Buffer.from('before')).written;
    const from = journal.end;
    await journal.append(request, Buffer.from('behind')).written;
    await journal.close();
    assert.deepEqual((await openTestJournal(folder, { from })).frames, ['behind']);
  });

  it('deletes a segment that is not written to any more', async () => {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder);
    const { location, written } = journal.append(request, Buffer.from('old'));
    await written;
    await assert.rejects(journal.drop(1), /still written to/);
    journal.rotate();
    await journal.append(request, Buffer.from('new')).written;
    assert.equal(text(journal.readSync(location)), 'old');
    await journal.drop(1);
    assert.deepEqual(readdirSync(folder), ['00000002.seg']);
    assert.throws(() => journal.readSync(location), JournalError);
  });

  it('deletes everything, with frames on their way, and does not bring any of it back', async () => {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder, { segmentBytes: 100 });
    for (let i = 0; i < 9; i++) void journal.append(request, Buffer.from(`old ${i}`));
    const clearing = journal.clear();
    const after = journal.append(request, Buffer.from('new')).written;
    await Promise.all([clearing, after]);
    await journal.close();
    assert.deepEqual((await openTestJournal(folder)).frames, ['', 'new']);
  });

  it('finishes on opening what a crash in the middle of deleting everything left', async () => {
    const folder = newJournalFolder();
    const first = await openTestJournal(folder);
    await first.journal.append(request, Buffer.from('old')).written;
    const old = segmentBytes(folder);
    await first.journal.clear();
    await first.journal.append(request, Buffer.from('new')).written;
    await first.journal.close();
    // As if the process had ended before the old file went.
    writeFileSync(segmentPath(folder), old);
    const { frames, journal } = await openTestJournal(folder);
    assert.deepEqual(frames, ['', 'new']);
    assert.deepEqual(
      journal.segments.map(({ number }) => number),
      [2],
    );
    assert.equal(existsSync(segmentPath(folder)), false);
  });

  it('refuses a payload that no reader would take back, and anything once it is closed', async () => {
    const { journal } = await openTestJournal(newJournalFolder());
    const reason = (wanted: string) => (error: unknown) =>
      error instanceof JournalError && error.reason === wanted;
    assert.throws(() => journal.next(maxPayloadBytes + 1), reason('too-large'));
    await journal.close();
    assert.throws(() => journal.append(request, Buffer.from('late')), reason('closed'));
  });
});
