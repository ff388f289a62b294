import { frameKind } from '../../core/stack/frameKind';
import { framePath, type FramePath } from '../../core/stack/framePath';
import type { StackFrame } from '../../core/stack/stackTrace';
import { existing, findFile } from './findFile';
import { originalPosition } from './originalPosition';
import type { SourceFiles, WorkspaceFile } from './sourceFiles';
import { resolvePath, type SourceMapOfFile, type SourceMaps } from './sourceMaps';
import { baseName, filesAt } from './workspacePaths';

export interface SourcePosition {
  /** From 1; undefined where only the file is known. */
  readonly line: number | undefined;
  /** From 1. */
  readonly column: number | undefined;
}

/** What a frame opens. */
export type ResolvedFrame = SourcePosition &
  (
    | { readonly kind: 'file'; readonly file: WorkspaceFile; readonly library: boolean }
    /** Several files fit equally well: the user's choice. */
    | { readonly kind: 'choice'; readonly files: readonly WorkspaceFile[] }
    /** The source is not on disk, but in the source map of `generated`, at index `source`. */
    | {
        readonly kind: 'embedded';
        readonly generated: WorkspaceFile;
        readonly source: number;
        readonly name: string;
      }
    /** Not in the workspace; `path` may exist on this machine. */
    | { readonly kind: 'outside'; readonly path: FramePath }
    /** It names nothing that could be opened. */
    | { readonly kind: 'nothing' }
  );

/** A bundle of compiled files leads to the compiled file first, whose own map leads on. */
const maxMaps = 3;

const generatedCode = /\.[cm]?jsx?$/i;

/** Where a frame leads, without reading any file. A generated file is answered as it is. */
export async function locateFrame(frame: StackFrame, files: SourceFiles): Promise<ResolvedFrame> {
  const position = { line: frame.line, column: frame.column };
  const path = frame.kind === 'runtime' || frame.file === undefined ? undefined : framePath(frame.file);
  if (path === undefined) return { kind: 'nothing', ...position };
  const library = frame.kind === 'dependency';
  const [file, ...others] = await findFile(path, files, { dependency: library, leastSegments: 1 });
  if (file === undefined) return { kind: 'outside', path, ...position };
  return others.length === 0
    ? { kind: 'file', file, library, ...position }
    : { kind: 'choice', files: [file, ...others], ...position };
}

/**
 * Follows the source maps of a generated file to what was written; a place that no map knows stays as it is. `load`
 * reads the map of a file: SourceMaps.load, or SourceMaps.cached where no file may be read.
 */
export async function followSourceMaps(
  located: ResolvedFrame,
  files: SourceFiles,
  load: SourceMaps['load'],
): Promise<ResolvedFrame> {
  let current = located;
  for (let i = 0; i < maxMaps; i++) {
    if (current.kind !== 'file' || current.line === undefined || !generatedCode.test(current.file.path))
      break;
    const map = await load(current.file);
    const next =
      map === undefined ? undefined : await original(current.file, current.line, current.column, map, files);
    if (next === undefined) break;
    current = next;
  }
  return current;
}

async function original(
  generated: WorkspaceFile,
  line: number,
  column: number | undefined,
  { map, base }: SourceMapOfFile,
  files: SourceFiles,
): Promise<ResolvedFrame | undefined> {
  const position = originalPosition(map, line, column);
  const name = position === undefined ? undefined : map.sources[position.source];
  if (position === undefined || name === undefined) return undefined;
  const at = { line: position.line, column: position.column };
  const embedded = map.contents[position.source] !== undefined;
  const found = await findSource(name, base, files, embedded);
  const [file, ...others] = found;
  if (file !== undefined) {
    const library = frameKind(file.path) !== 'app';
    return others.length === 0
      ? { kind: 'file', file, library, ...at }
      : { kind: 'choice', files: found, ...at };
  }
  if (!embedded) return undefined;
  return {
    kind: 'embedded',
    generated,
    source: position.source,
    name: baseName(framePath(name)?.path ?? 'source'),
    ...at,
  };
}

/**
 * The file that a source of a map is: from where the map lies; for names that bundlers count from their own root, from
 * each folder above the map; then by its suffix. Where the map holds the text as well, that is better than a file that
 * merely looks alike: one that shares no more than its name, or one found elsewhere though the map says where it lies.
 */
async function findSource(
  name: string,
  base: string,
  files: SourceFiles,
  embedded: boolean,
): Promise<WorkspaceFile[]> {
  const roots = files.roots();
  const alone = framePath(name);
  const fromMap = resolvePath(name, base);
  const folders = alone?.kind === 'relative' ? foldersAbove(base) : [];
  const near = [
    ...(fromMap === undefined ? [] : [fromMap]),
    ...folders.map(folder => folder + (alone?.path ?? '')),
  ];
  const [nearest] = await existing(
    near.flatMap(path => filesAt(path, roots).slice(0, 1)),
    files,
  );
  if (nearest !== undefined) return [nearest];
  const relative = fromMap !== undefined && alone?.kind !== 'absolute';
  if (alone === undefined || (embedded && relative)) return [];
  return findFile(alone, files, {
    dependency: frameKind(name) === 'dependency',
    leastSegments: embedded ? 2 : 1,
  });
}

/** `/ws/a/dist/` gives itself, `/ws/a/` and `/ws/`, at most 16. */
function foldersAbove(folder: string): string[] {
  const folders: string[] = [];
  for (
    let end = folder.lastIndexOf('/');
    end >= 0 && folders.length < 16;
    end = folder.lastIndexOf('/', end - 1)
  ) {
    folders.push(folder.slice(0, end + 1));
    if (end === 0) break;
  }
  return folders;
}
