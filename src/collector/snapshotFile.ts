import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './journal/segmentWriter';

/** The snapshot of the store in a data folder: `index.sqlite`, a plain SQLite file. */
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
  async read(): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Replaces the snapshot in one step: a reader, or a start after a crash, finds the old one or the new one. */
  async write(bytes: Uint8Array): Promise<void> {
    const { temporary } = this;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.path);
    await syncFolder(this.dataDir);
  }

  /** Moves a snapshot that cannot be used out of the way, over the one set aside before. Answers where it is now. */
  async setAside(): Promise<string> {
    await rename(this.path, this.aside);
    return this.aside;
  }

  /** Deletes it, and what was left of one that was not finished or not usable. Durable when it resolves. */
  async delete(): Promise<void> {
    for (const path of [this.path, this.temporary, this.aside]) await rm(path, { force: true });
    await syncFolder(this.dataDir);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
