import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  encodeFrameHeader,
  frameHeaderBytes,
  frameKind,
  segmentHeaderBytes,
} from '../../../../src/collector/journal/segmentFormat';
import { TornFolder } from '../../../../src/collector/journal/tornFolder';
import {
  newJournalFolder,
  openTestJournal,
  removeJournalFolders,
  segmentBytes,
  segmentPath,
} from './support/testJournal';

const { request } = frameKind;
const payloads = Array.from({ length: 60 }, (_, i) => `payload number ${i} ${'x'.repeat(i % 13)}`);

/** A folder with three segments of twenty frames; where each frame begins. */
async function threeSegments(): Promise<{ folder: string; files: Buffer[]; begins: number[] }> {
  const folder = newJournalFolder();
  const { journal } = await openTestJournal(folder);
  const begins: number[] = [];
  for (const [i, payload] of payloads.entries()) {
    if (i === 20 || i === 40) journal.rotate();
    begins.push(journal.append(request, Buffer.from(payload)).location.offset - frameHeaderBytes);
  }
  await journal.close();
  return { folder, files: [1, 2, 3].map(number => segmentBytes(folder, number)), begins };
}

describe('A journal whose bytes were damaged', () => {
  afterEach(removeJournalFolders);

  it('loses only the frames that bits were flipped in, wherever that is', async () => {
    const { folder, files, begins } = await threeSegments();
    const flips = fc.array(
      fc.record({ segment: fc.nat({ max: 2 }), at: fc.nat({ max: 1e6 }), bit: fc.nat({ max: 7 }) }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(flips, async changes => {
        const damaged = files.map(file => Buffer.from(file));
        const hit = new Set<number>();
        for (const { segment, at, bit } of changes) {
          const file = damaged[segment]!;
          // The header is another test's.
          const offset = segmentHeaderBytes + (at % (file.length - segmentHeaderBytes));
          file[offset]! ^= 1 << bit;
          const inSegment = begins.slice(segment * 20, segment * 20 + 20);
          hit.add(segment * 20 + inSegment.filter(begin => begin <= offset).length - 1);
        }
        for (const [i, file] of damaged.entries()) writeFileSync(segmentPath(folder, i + 1), file);
        const { journal, frames } = await openTestJournal(folder);
        for (const [i, payload] of payloads.entries())
          assert.ok(frames.includes(payload) || hit.has(i), `${i} is lost, ${[...hit].join()} were hit`);
        assert.deepEqual(
          frames,
          payloads.filter(payload => frames.includes(payload)),
        );
        await journal.close();
      }),
      { numRuns: 60 },
    );
  });

  it('has what lies behind a page of zeros, or of anything, in the middle of a segment', async () => {
    for (const fill of [0, 0xff]) {
      const { folder, begins } = await threeSegments();
      const file = segmentBytes(folder, 2);
      // From the middle of the fourth frame to the middle of the tenth.
      file.fill(fill, begins[23]! + 5, begins[29]! + 12);
      writeFileSync(segmentPath(folder, 2), file);
      const { frames, damages } = await openTestJournal(folder);
      assert.deepEqual(frames, [...payloads.slice(0, 23), ...payloads.slice(30)]);
      assert.deepEqual(
        damages.map(({ segment, offset, length }) => [segment, offset, length]),
        [[2, begins[23], begins[30]! - begins[23]!]],
      );
      assert.deepEqual(readFileSync(damages[0]!.keptIn), file.subarray(begins[23], begins[30]));
    }
  });

  it('takes nothing in a payload for a frame, whatever a sender has put there', async () => {
    const folder = newJournalFolder();
    const { journal } = await openTestJournal(folder);
    const forged = (seed: number) => {
      const inner = Buffer.from('a span that nobody sent');
      return Buffer.concat([encodeFrameHeader(request, inner, seed), inner]);
    };
    // As a version of the format had it whose checksums did not know their segment.
    const hostile = Buffer.concat([Buffer.from('before '), forged(0), Buffer.from(' after')]);
    const { location } = journal.append(request, hostile);
    await journal.append(request, Buffer.from('next')).written;
    await journal.close();
    const file = segmentBytes(folder);
    // Its own header is damaged: the search for the next frame goes through the payload.
    file.fill(0xff, location.offset - frameHeaderBytes, location.offset);
    writeFileSync(segmentPath(folder), file);
    assert.deepEqual((await openTestJournal(folder)).frames, ['next']);
  });

  it('has the other segments where the header of one is damaged, and keeps that one aside', async () => {
    const { folder } = await threeSegments();
    const file = segmentBytes(folder, 2);
    file[20]! ^= 4;
    writeFileSync(segmentPath(folder, 2), file);
    const { frames, damages } = await openTestJournal(folder);
    assert.deepEqual(frames, [...payloads.slice(0, 20), ...payloads.slice(40)]);
    assert.deepEqual(readFileSync(damages[0]!.keptIn), file);
  });

  it('keeps the newest damaged pieces aside, up to a number and a length', async () => {
    const folder = newJournalFolder();
    const torn = new TornFolder(folder);
    const kept = () => readdirSync(join(folder, 'torn')).sort();
    for (let i = 0; i < 25; i++) await torn.keep(i, 0, Buffer.from('x'));
    assert.equal(kept().length, 20);
    const big = await torn.keep(100, 0, Buffer.alloc(65 * 1024 * 1024));
    assert.deepEqual(kept(), [basename(big)], 'the newest stays, however long');
  });
});
