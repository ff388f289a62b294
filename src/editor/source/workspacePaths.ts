import type { WorkspaceFile, WorkspaceRoot } from './sourceFiles';

/** The files that an absolute path (as in a URI) can be, innermost root first; empty outside the workspace. */
export function filesAt(path: string, roots: readonly WorkspaceRoot[]): WorkspaceFile[] {
  return roots
    .filter(root => contains(root, path))
    .sort((a, b) => b.path.length - a.path.length)
    .map(root => ({ folder: root.folder, path: path.slice(prefixOf(root).length) }));
}

function contains(root: WorkspaceRoot, path: string): boolean {
  const prefix = prefixOf(root);
  const start = path.slice(0, prefix.length);
  return (
    path.length > prefix.length &&
    (root.ignoreCase ? start.toLowerCase() === prefix.toLowerCase() : start === prefix)
  );
}

function prefixOf(root: WorkspaceRoot): string {
  return root.path.endsWith('/') ? root.path : `${root.path}/`;
}

/** The path of a workspace file as in a URI, undefined where its folder has left the workspace. */
export function absolutePath(file: WorkspaceFile, roots: readonly WorkspaceRoot[]): string | undefined {
  const root = roots.find(candidate => candidate.folder === file.folder);
  return root === undefined ? undefined : prefixOf(root) + file.path;
}

export function sameFile(a: WorkspaceFile, b: WorkspaceFile): boolean {
  return a.folder === b.folder && a.path === b.path;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
