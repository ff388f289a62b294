import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Journal } from '../../../../../src/collector/journal/journal';
import type { JournalPosition } from '../../../../../src/collector/journal/location';
import {
  openJournal,
  type Damage,
  type OpenJournalOptions,
} from '../../../../../src/collector/journal/openJournal';
import { segmentFileName } from '../../../../../src/collector/journal/segmentFormat';

const folders: string[] = [];
const journals: Journal[] = [];

export function newJournalFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-journal-'));
  folders.push(folder);
  return folder;
}

/** For afterEach. */
export async function removeJournalFolders(): Promise<void> {
  for (const journal of journals.splice(0)) await journal.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Opened {
  readonly journal: Journal;
  /** Payloads of the frames that were handed over, as text. */
  readonly frames: readonly string[];
  readonly damages: readonly Damage[];
}

/** Opens a journal with text payloads, replaying it from `from` on. */
export async function openTestJournal(
  folder: string,
  { from, ...options }: Partial<OpenJournalOptions> & { from?: JournalPosition } = {},
): Promise<Opened> {
  const damages: Damage[] = [];
  const frames: string[] = [];
  const found = await openJournal({
    folder,
    segmentBytes: 1024 * 1024,
    syncIntervalMs: 1000,
    retryMs: 20,
    onStalled: () => undefined,
    onRecovered: () => undefined,
    onDropped: () => undefined,
    onSyncFailure: error => {
      throw error;
    },
    onSyncRecovered: () => undefined,
    onDamage: damage => damages.push(damage),
    ...options,
  });
  const journal = await found.recover(from, ({ payload }) => frames.push(Buffer.from(payload).toString()));
  journals.push(journal);
  return { journal, frames, damages };
}

export function segmentPath(folder: string, number = 1): string {
  return join(folder, segmentFileName(number));
}

export function segmentBytes(folder: string, number = 1): Buffer {
  return readFileSync(segmentPath(folder, number));
}
