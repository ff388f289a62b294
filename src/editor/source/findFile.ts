import type { FramePath } from '../../core/stack/framePath';
import { suffixMatch } from '../../core/stack/suffixMatch';
import type { SourceFiles, WorkspaceFile } from './sourceFiles';
import { absolutePath, baseName, filesAt, sameFile } from './workspacePaths';

/** Above this many candidates nobody chooses from a list. */
const maxChoice = 50;

/**
 * The workspace files that a path can mean, without reading any: one is the answer, several are a choice, none means
 * that it is not in the workspace. In this order: the path itself; for a relative one, each folder with it; for a
 * dependency, the node_modules of the workspace; last, the longest path suffix of at least `leastSegments` parts.
 */
export async function findFile(
  path: FramePath,
  files: SourceFiles,
  { dependency, leastSegments }: { dependency: boolean; leastSegments: number },
): Promise<WorkspaceFile[]> {
  const direct = await existing(directCandidates(path, files), files);
  if (direct.length > 0) return path.kind === 'absolute' ? direct.slice(0, 1) : direct;
  if (dependency) return (await existing(installed(path.path, files), files)).slice(0, 1);
  return bySuffix(path, files, leastSegments);
}

function directCandidates(path: FramePath, files: SourceFiles): WorkspaceFile[] {
  if (path.kind === 'absolute') return filesAt(path.path, files.roots());
  if (path.kind === 'foreign') return [];
  return files.roots().map(({ folder }) => ({ folder, path: path.path }));
}

/** `/app/services/cart/node_modules/pg/lib/a.js`: below every folder, with as many of the parts before as fit. */
function installed(path: string, files: SourceFiles): WorkspaceFile[] {
  const segments = path.split('/').filter(segment => segment !== '');
  const start = segments.indexOf('node_modules');
  if (start < 0) return [];
  const tails: string[] = [];
  for (let from = Math.max(0, start - 8); from <= start; from++) tails.push(segments.slice(from).join('/'));
  return tails.flatMap(tail => files.roots().map(({ folder }) => ({ folder, path: tail })));
}

/** Those of the candidates that are regular files. */
export async function existing(
  candidates: readonly WorkspaceFile[],
  files: SourceFiles,
): Promise<WorkspaceFile[]> {
  const stamps = await Promise.all(candidates.map(candidate => files.stamp(candidate)));
  return candidates.filter((_, i) => stamps[i] !== undefined);
}

async function bySuffix(
  path: FramePath,
  files: SourceFiles,
  leastSegments: number,
): Promise<WorkspaceFile[]> {
  const name = baseName(path.path);
  const named = (await files.named([name])).get(name) ?? [];
  const roots = files.roots();
  const paths = named.map(file => absolutePath(file, roots) ?? file.path);
  const { paths: best, segments } = suffixMatch(path.path, paths, path.windows);
  if (segments < leastSegments) return [];
  const found: WorkspaceFile[] = [];
  for (const [i, file] of named.entries()) {
    const candidate = paths[i];
    // Roots may lie in one another: the same file is then named twice.
    if (candidate === undefined || !best.includes(candidate) || found.length === maxChoice) continue;
    const known = found.some(other => sameFile(other, file) || absolutePath(other, roots) === candidate);
    if (!known) found.push(file);
  }
  return found;
}
