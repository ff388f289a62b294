export interface Workspace {
  readonly path: string;
  remove(this: void): void;
}

/** A temporary copy of a folder to open in an editor; `node_modules` is linked. Gone at the latest when the process ends. */
export function copyWorkspace(
  source: string,
  options?: { settings?: Readonly<Record<string, unknown>> },
): Workspace;

/** Merges settings into a folder's `.vscode/settings.json`, which an open window follows. */
export function writeWorkspaceSettings(folder: string, settings: Readonly<Record<string, unknown>>): void;
