import { renameSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from './journal/crc32';
import { syncFolder } from './journal/segmentWriter';

/** What a snapshot's file holds. */
export interface FoundSnapshot {
  /** A SQLite file. */
  readonly bytes: Uint8Array;
  /** Whether they are those that were written; 'unknown' where nothing tells. */
  readonly state: 'intact' | 'damaged' | 'unknown';
}

/** Behind the last page of the database, where SQLite does not look: this in ASCII, and crc32 of all before it, u32 LE. */
const mark = Buffer.from('CSWYCRC1', 'latin1');
const trailerBytes = mark.length + 4;

/** The snapshot of the store in a data folder: `index.sqlite`, a SQLite file that any SQLite tool opens. */
export class SnapshotFile {
  private readonly path: string;
  private readonly temporary: string;
  private readonly aside: string;

  constructor(private readonly dataDir: string) {
    this.path = join(dataDir, 'index.sqlite');
    this.temporary = `${this.path}.new`;
    this.aside = join(dataDir, 'index.unusable.sqlite');
  }

  /** Undefined where there is none. */
  async read(): Promise<FoundSnapshot | undefined> {
    try {
      return checked(await readFile(this.path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Replaces the snapshot in one step: a reader, or a start after a crash, finds the old one or the new one. */
  async write(bytes: Uint8Array): Promise<void> {
    const { temporary } = this;
    const trailer = Buffer.alloc(trailerBytes);
    mark.copy(trailer);
    trailer.writeUInt32LE(crc32(bytes), mark.length);
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.writeFile(trailer);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.path);
    await syncFolder(this.dataDir);
  }

  /**
   * Moves a snapshot that cannot be used out of the way, over the one set aside before. Answers where it is now. At once:
   * where it breaks the store down this process ends, and the next one must not meet it again.
   */
  setAside(): string {
    renameSync(this.path, this.aside);
    return this.aside;
  }

  /** Deletes it, and what was left of one that was not finished or not usable. Durable when it resolves. */
  async delete(): Promise<void> {
    for (const path of [this.path, this.temporary, this.aside]) await rm(path, { force: true });
    await syncFolder(this.dataDir);
  }
}

function checked(file: Buffer): FoundSnapshot {
  const end = file.length - trailerBytes;
  if (end < 0 || !file.subarray(end, end + mark.length).equals(mark))
    return { bytes: file, state: 'unknown' };
  const bytes = file.subarray(0, end);
  return { bytes, state: crc32(bytes) === file.readUInt32LE(end + mark.length) ? 'intact' : 'damaged' };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
