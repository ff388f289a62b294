import * as vscode from 'vscode';
import { isDevice } from '../../core/stack/framePath';
import type { FileStamp, SourceFiles, WorkspaceFile, WorkspaceRoot } from './sourceFiles';
import { baseName } from './workspacePaths';

/** Files of one name: beyond this nothing could be chosen. */
const maxNamed = 500;

/** Names whose files are remembered. */
const maxNames = 2000;

/** A search walks the whole workspace: the names of a stack trace, asked for one by one, share one. */
const gatherMilliseconds = 5;
const maxNamesPerSearch = 50;

/**
 * The workspace as the editor sees it, on this machine or a remote one: every file is a URI below a workspace folder,
 * read through the file system that the folder belongs to. Files are looked up by name when a name is asked for (a list of
 * all files would hold up the extension host) and remembered until a file of that name comes or goes.
 */
export class WorkspaceSourceFiles implements SourceFiles, vscode.Disposable {
  readonly #named = new Map<string, Promise<readonly WorkspaceFile[]>>();
  #nextSearch:
    { names: Set<string>; found: Promise<ReadonlyMap<string, readonly WorkspaceFile[]>> } | undefined;
  #watching: vscode.Disposable | undefined;

  constructor(readonly log: vscode.LogOutputChannel) {}

  dispose(): void {
    this.#watching?.dispose();
    this.#watching = undefined;
    this.#named.clear();
  }

  roots(): WorkspaceRoot[] {
    return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => ({
      folder: uri.toString(),
      path: uri.path,
      ignoreCase: uri.scheme === 'file' && process.platform !== 'linux',
    }));
  }

  /** undefined where it is no file of the workspace: its folder has left, it leads out of it, or it is a device. */
  uri(file: WorkspaceFile): vscode.Uri | undefined {
    if (file.path.split('/').includes('..')) return undefined;
    if (process.platform === 'win32' && isDevice(file.path)) return undefined;
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.toString() === file.folder);
    return folder === undefined ? undefined : vscode.Uri.joinPath(folder.uri, file.path);
  }

  async stamp(file: WorkspaceFile): Promise<FileStamp | undefined> {
    const uri = this.uri(file);
    return uri === undefined ? undefined : stampOf(uri);
  }

  async read(file: WorkspaceFile): Promise<string | undefined> {
    const uri = this.uri(file);
    if (uri === undefined) return undefined;
    try {
      return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
    } catch (error) {
      this.log.warn(`${uri.toString(true)} could not be read for its source map: ${String(error)}`);
      return undefined;
    }
  }

  async named(names: readonly string[]): Promise<ReadonlyMap<string, readonly WorkspaceFile[]>> {
    this.#watching ??= this.#watch();
    const missing = [...new Set(names)].filter(name => !this.#named.has(name));
    if (this.#named.size + missing.length > maxNames) this.#named.clear();
    for (const name of missing) this.#named.set(name, this.#find(name));
    const entries = await Promise.all(
      names.map(async name => [name, (await this.#named.get(name)) ?? []] as const),
    );
    return new Map(entries);
  }

  /** Begins with the first search, so that a window in which nobody asks for source does not watch. */
  #watch(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
    const forget = (uri: vscode.Uri): void => {
      // A folder that comes or goes takes files of any name along.
      if (!this.#named.delete(baseName(uri.path)) && !/\.\w+$/.test(uri.path)) this.#named.clear();
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#named.clear()),
    );
  }

  async #find(name: string): Promise<readonly WorkspaceFile[]> {
    if (this.#nextSearch === undefined || this.#nextSearch.names.size >= maxNamesPerSearch) {
      const names = new Set<string>();
      this.#nextSearch = { names, found: this.#search(names) };
    }
    this.#nextSearch.names.add(name);
    return (await this.#nextSearch.found).get(name) ?? [];
  }

  /** Searches for all names that have been added to the set by the time it begins. */
  async #search(names: Set<string>): Promise<ReadonlyMap<string, readonly WorkspaceFile[]>> {
    await new Promise(resolve => setTimeout(resolve, gatherMilliseconds));
    if (this.#nextSearch?.names === names) this.#nextSearch = undefined;
    if ((vscode.workspace.workspaceFolders ?? []).length === 0) return new Map();
    const pattern = [...names].map(escaped).join(',');
    try {
      const uris = await vscode.workspace.findFiles(
        names.size === 1 ? `**/${pattern}` : `**/{${pattern}}`,
        '**/node_modules/**',
        maxNamed * names.size,
      );
      const found = new Map([...names].map(name => [name, new Array<WorkspaceFile>()]));
      for (const uri of uris) {
        const file = workspaceFile(uri);
        if (file !== undefined) found.get(baseName(file.path))?.push(file);
      }
      return found;
    } catch (error) {
      this.log.warn(`The workspace could not be searched for ${pattern}: ${String(error)}`);
      for (const name of names) this.#named.delete(name);
      return new Map();
    }
  }
}

/** undefined where there is no regular file. */
export async function stampOf(uri: vscode.Uri): Promise<FileStamp | undefined> {
  try {
    const { type, mtime, size } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.File) === 0 ? undefined : { modified: mtime, size };
  } catch {
    // Not there, or not for us to see: either way it opens nothing.
    return undefined;
  }
}

function workspaceFile(uri: vscode.Uri): WorkspaceFile | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return undefined;
  const prefix = folder.uri.path.endsWith('/') ? folder.uri.path : `${folder.uri.path}/`;
  return { folder: folder.uri.toString(), path: uri.path.slice(prefix.length) };
}

/** The name with what has a meaning in a glob pattern as any one character; the answer is grouped by the real names. */
function escaped(name: string): string {
  return name.replace(/[*?[\]{}!,\\]/g, '?');
}
