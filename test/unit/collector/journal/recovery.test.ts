import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from '../../../../src/collector/journal/crc32';
import { JournalError } from '../../../../src/collector/journal/journalError';
import {
  encodeSegmentHeader,
  frameHeaderBytes,
  frameKind,
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

/** A folder with one segment of these payloads; where each frame ends in it. */
async function written(
  payloads: readonly string[],
): Promise<{ folder: string; file: Buffer; ends: number[] }> {
  const folder = newJournalFolder();
  const { journal } = await openTestJournal(folder);
  const ends: number[] = [];
  for (const payload of payloads) {
    const { location } = journal.append(request, Buffer.from(payload));
    ends.push(location.offset + location.length);
  }
  await journal.close();
  return { folder, file: segmentBytes(folder), ends };
}

describe('Recovery of the journal', () => {
  afterEach(removeJournalFolders);

  it('keeps every whole frame of a file that ends anywhere, keeps the rest aside, and goes on behind it', async () => {
    const payloads = ['first', '', 'the third', 'x'.repeat(40)];
    const { folder, file, ends } = await written(payloads);
    for (let length = segmentHeaderBytes; length <= file.length; length++) {
      writeFileSync(segmentPath(folder), file.subarray(0, length));
      rmSync(join(folder, 'torn'), { recursive: true, force: true });
      const whole = ends.filter(end => end <= length).length;
      const validEnd = ends[whole - 1] ?? segmentHeaderBytes;
      const { journal, frames, damages } = await openTestJournal(folder);
      assert.deepEqual(frames, payloads.slice(0, whole), `cut at ${length}`);
      assert.equal(damages.length, validEnd < length ? 1 : 0, `cut at ${length}`);
      for (const damage of damages) {
        assert.deepEqual([damage.segment, damage.offset, damage.length], [1, validEnd, length - validEnd]);
        assert.deepEqual(readFileSync(damage.keptIn), file.subarray(validEnd, length));
      }
      await journal.append(request, Buffer.from('after')).written;
      await journal.close();
      const again = await openTestJournal(folder);
      assert.deepEqual(again.frames, [...payloads.slice(0, whole), 'after'], `cut at ${length}`);
      assert.deepEqual(again.damages, []);
      await again.journal.close();
    }
  });

  it('sets a file aside whose header is not all there, and starts anew', async () => {
    const { folder, file } = await written(['lost']);
    for (const length of [0, 1, 12, segmentHeaderBytes - 1]) {
      writeFileSync(segmentPath(folder), file.subarray(0, length));
      const { journal, frames, damages } = await openTestJournal(folder);
      assert.deepEqual(frames, []);
      assert.equal(damages.length, length > 0 ? 1 : 0, 'an empty file is no loss');
      await journal.append(request, Buffer.from('new')).written;
      await journal.close();
      const again = await openTestJournal(folder);
      assert.deepEqual(again.frames, ['new']);
      await again.journal.close();
    }
  });

  it('steps over one damaged frame between good ones, and leaves it in place', async () => {
    const { folder, file, ends } = await written(['first', 'second', 'third']);
    const damaged = Buffer.from(file);
    damaged[ends[1]! - 1]! ^= 1;
    writeFileSync(segmentPath(folder), damaged);
    const { frames, damages } = await openTestJournal(folder);
    assert.deepEqual(frames, ['first', 'third']);
    assert.deepEqual(
      damages.map(({ offset, length }) => [offset, length]),
      [[ends[0], frameHeaderBytes + 6]],
    );
    assert.deepEqual(segmentBytes(folder), damaged);
  });

  it('never makes up, changes or reorders a frame, whatever happens to the bytes', async () => {
    const payloads = Array.from({ length: 12 }, (_, i) => `payload number ${i}`);
    const { folder, file } = await written(payloads);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat({ max: file.length - 1 }), byte: fc.nat({ max: 255 }) }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.option(fc.nat({ max: file.length })),
        async (changes, end) => {
          const damaged = Buffer.from(file);
          for (const { at, byte } of changes) damaged[at] = byte;
          writeFileSync(segmentPath(folder), damaged.subarray(0, end ?? undefined));
          const { journal, frames } = await openTestJournal(folder);
          assert.deepEqual(
            frames,
            payloads.filter(payload => frames.includes(payload)),
          );
          await journal.close();
          rmSync(join(folder, 'torn'), { recursive: true, force: true });
          rmSync(segmentPath(folder, 2), { force: true });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('cuts the zeros that a power loss leaves behind the last frame', async () => {
    const { folder, file } = await written(['first']);
    writeFileSync(segmentPath(folder), Buffer.concat([file, Buffer.alloc(4096)]));
    const { frames, damages } = await openTestJournal(folder);
    assert.deepEqual(frames, ['first']);
    assert.equal(damages[0]?.length, 4096);
    assert.equal(segmentBytes(folder).length, file.length);
  });

  it('cuts what is torn in a segment that others follow, and keeps those', async () => {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder);
    await journal.append(request, Buffer.from('first')).written;
    await journal.append(request, Buffer.from('second')).written;
    journal.rotate();
    await journal.append(request, Buffer.from('third')).written;
    await journal.close();
    truncateSync(segmentPath(folder), segmentBytes(folder).length - 1);
    assert.deepEqual((await openTestJournal(folder)).frames, ['first', 'third']);
  });

  it('leaves files alone that are no segments', async () => {
    const { folder } = await written(['first']);
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, '1.seg'), 'mine');
    const { frames, damages } = await openTestJournal(folder);
    assert.deepEqual(frames, ['first']);
    assert.deepEqual(damages, []);
    assert.ok(readdirSync(folder).includes('notes.txt'));
  });

  it('refuses to open what a newer version wrote, and changes nothing', async () => {
    const { folder } = await written(['first']);
    const newer = encodeSegmentHeader({
      version: 2,
      number: 2,
      id: '0123456789abcdef',
      createdMs: 0,
      floor: 0,
    });
    newer.writeUInt16LE(99, 8);
    newer.writeUInt32LE(crc32(newer.subarray(0, 36)), 36);
    writeFileSync(segmentPath(folder, 2), newer);
    await assert.rejects(
      openTestJournal(folder),
      (error: unknown) =>
        error instanceof JournalError &&
        error.reason === 'newer-format' &&
        error.message.includes('newer version'),
    );
    assert.deepEqual(readdirSync(folder).sort(), ['00000001.seg', '00000002.seg']);
  });

  it('does not take a file for another that has its number', async () => {
    const { folder, file } = await written(['first']);
    writeFileSync(segmentPath(folder, 5), file);
    const { frames, damages } = await openTestJournal(folder);
    assert.deepEqual(frames, ['first']);
    assert.deepEqual(
      damages.map(({ segment }) => segment),
      [5],
    );
  });
});
