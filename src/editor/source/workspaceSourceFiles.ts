import * as vscode from 'vscode';
import { isDevice } from '../../core/stack/framePath';
import type { FileStamp, SourceFiles, WorkspaceFile, WorkspaceRoot } from './sourceFiles';
import { baseName } from './workspacePaths';

/** Files of one name: beyond this nothing could be chosen. */
const maxNamed = 500;

/** Names whose files are remembered. */
const maxNames = 2000;

/**
 * The workspace as the editor sees it, on this machine or a remote one: every file is a URI below a workspace folder,
 * read through the file system that the folder belongs to. Files are looked up by name when a name is asked for (a list of
 * all files would hold up the extension host) and remembered until a file of that name comes or goes.
 */
export class WorkspaceSourceFiles implements SourceFiles, vscode.Disposable {
  readonly #named = new Map<string, Promise<readonly WorkspaceFile[]>>();
  readonly #watcher: vscode.FileSystemWatcher;
  readonly #folders: vscode.Disposable;

  constructor(readonly log: vscode.LogOutputChannel) {
    this.#watcher = vscode.workspace.createFileSystemWatcher('**/*', false, true, false);
    const forget = (uri: vscode.Uri): void => {
      // A folder that comes or goes takes files of any name along.
      if (!this.#named.delete(baseName(uri.path)) && !/\.\w+$/.test(uri.path)) this.#named.clear();
    };
    this.#watcher.onDidCreate(forget);
    this.#watcher.onDidDelete(forget);
    this.#folders = vscode.workspace.onDidChangeWorkspaceFolders(() => this.#named.clear());
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#folders.dispose();
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
    const missing = [...new Set(names)].filter(name => !this.#named.has(name));
    if (this.#named.size + missing.length > maxNames) this.#named.clear();
    for (const name of missing) this.#named.set(name, this.#find(name));
    const entries = await Promise.all(
      names.map(async name => [name, (await this.#named.get(name)) ?? []] as const),
    );
    return new Map(entries);
  }

  async #find(name: string): Promise<readonly WorkspaceFile[]> {
    if ((vscode.workspace.workspaceFolders ?? []).length === 0) return [];
    try {
      const uris = await vscode.workspace.findFiles(`**/${escaped(name)}`, '**/node_modules/**', maxNamed);
      return uris.filter(uri => baseName(uri.path) === name).flatMap(uri => workspaceFile(uri) ?? []);
    } catch (error) {
      this.log.warn(`The workspace could not be searched for ${name}: ${String(error)}`);
      this.#named.delete(name);
      return [];
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

/** The name with what a glob pattern gives a meaning as any one character; the answer is compared with the name. */
function escaped(name: string): string {
  return name.replace(/[*?[\]{}!,\\]/g, '?');
}
