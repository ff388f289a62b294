/**
 * A file of the workspace: the folder by its URI, and the path below it with "/". Whatever resolves a frame speaks of
 * files in this form only, so that nothing outside the workspace can be named by mistake.
 */
export interface WorkspaceFile {
  readonly folder: string;
  readonly path: string;
}

export interface WorkspaceRoot {
  /** URI of the folder. */
  readonly folder: string;
  /** Path part of that URI: `/home/me/shop`, `/c:/shop`. */
  readonly path: string;
  /** Paths below it differ by more than their case only where this is true. */
  readonly ignoreCase: boolean;
}

export interface FileStamp {
  readonly modified: number;
  readonly size: number;
}

/** What resolving needs of the workspace. */
export interface SourceFiles {
  roots(): readonly WorkspaceRoot[];
  /** undefined where there is no regular file. */
  stamp(file: WorkspaceFile): Promise<FileStamp | undefined>;
  /** Text of a file that has a stamp; undefined where it cannot be read. */
  read(file: WorkspaceFile): Promise<string | undefined>;
  /** The files of each name, node_modules aside, wherever they lie. */
  named(names: readonly string[]): Promise<ReadonlyMap<string, readonly WorkspaceFile[]>>;
}
