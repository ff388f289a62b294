import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type {
  FileStamp,
  SourceFiles,
  WorkspaceFile,
  WorkspaceRoot,
} from '../../../../src/editor/source/sourceFiles';

/** Folders on this machine's disk as a workspace, which notes what was read. */
export class DiskFiles implements SourceFiles {
  readonly temp = realpathSync(mkdtempSync(join(tmpdir(), 'source-')));
  readonly folders: string[];
  /** Paths that were read, below the temporary folder. */
  readonly reads: string[] = [];

  /** `folders` are the workspace, below the temporary folder that everything lies in. */
  constructor(...folders: string[]) {
    this.folders = folders.map(folder => join(this.temp, folder));
    for (const folder of this.folders) mkdirSync(folder, { recursive: true });
  }

  write(files: Record<string, string>): this {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.temp, path)), { recursive: true });
      writeFileSync(join(this.temp, path), text);
    }
    return this;
  }

  remove(): void {
    rmSync(this.temp, { recursive: true, force: true });
  }

  roots(): WorkspaceRoot[] {
    return this.folders.map(path => ({ folder: `file://${path}`, path, ignoreCase: false }));
  }

  stamp(file: WorkspaceFile): Promise<FileStamp | undefined> {
    const stat = statSync(this.#path(file), { throwIfNoEntry: false });
    return Promise.resolve(stat?.isFile() ? { modified: stat.mtimeMs, size: stat.size } : undefined);
  }

  read(file: WorkspaceFile): Promise<string | undefined> {
    this.reads.push(this.#path(file).slice(this.temp.length + 1));
    return Promise.resolve(readFileSync(this.#path(file), 'utf8'));
  }

  named(names: readonly string[]): Promise<ReadonlyMap<string, readonly WorkspaceFile[]>> {
    const all = this.folders.flatMap(folder =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(path => !path.includes('node_modules') && statSync(join(folder, path)).isFile())
        .sort()
        .map(path => ({ folder: `file://${folder}`, path })),
    );
    return Promise.resolve(
      new Map(
        names.map(name => [name, all.filter(({ path }) => path === name || path.endsWith(`/${name}`))]),
      ),
    );
  }

  #path(file: WorkspaceFile): string {
    return join(file.folder.slice('file://'.length), file.path);
  }
}
