import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const maxFiles = 20;
const maxBytes = 64 * 1024 * 1024;

/** The folder `torn` of a journal: what was damaged, for somebody who wants to save it by hand; the oldest goes first. */
export class TornFolder {
  private readonly folder: string;

  constructor(journalFolder: string) {
    this.folder = join(journalFolder, 'torn');
  }

  /** Keeps a copy of `bytes`, which were in `segment` from `offset` on; answers its path. */
  async keep(segment: number, offset: number, bytes: Uint8Array): Promise<string> {
    const path = await this.newPath(segment, offset);
    await writeFile(path, bytes, { mode: 0o600 });
    await this.prune();
    return path;
  }

  /** Moves the file of `segment` here; answers its path. */
  async move(segment: number, from: string): Promise<string> {
    const path = await this.newPath(segment, 0);
    await rename(from, path);
    await this.prune();
    return path;
  }

  /** Deletes all of it. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async newPath(segment: number, offset: number): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const time = new Date().toISOString().replace(/[^0-9TZ]/g, '');
    return join(this.folder, `${String(segment).padStart(8, '0')}-${offset}-${time}.bin`);
  }

  /** The newest one stays, however long it is. */
  private async prune(): Promise<void> {
    const files = await Promise.all(
      (await readdir(this.folder)).map(async name => {
        const { size, mtimeMs, ctimeMs } = await stat(join(this.folder, name));
        return { name, size, at: Math.max(mtimeMs, ctimeMs) };
      }),
    );
    files.sort((a, b) => b.at - a.at);
    let bytes = 0;
    for (const [i, { name, size }] of files.entries()) {
      bytes += size;
      if (i > 0 && (i >= maxFiles || bytes > maxBytes)) await rm(join(this.folder, name), { force: true });
    }
  }
}
