import { framePath } from '../../core/stack/framePath';
import { parseSourceMap, type LoadedSourceMap } from './parseSourceMap';
import { sourceMapComment } from './sourceMapComment';
import type { FileStamp, SourceFiles, WorkspaceFile } from './sourceFiles';
import { absolutePath, filesAt } from './workspacePaths';

/** Generated code or a map above this is left alone: reading it would hold up the extension host. */
const maxBytes = 32 * 1024 * 1024;

const maxLoaded = 16;

/** A source map and the path (as in a URI) that its relative sources count from. */
export interface SourceMapOfFile {
  readonly map: LoadedSourceMap;
  readonly base: string;
}

interface Entry {
  readonly code: FileStamp;
  readonly mapFile: WorkspaceFile | undefined;
  readonly mapStamp: FileStamp | undefined;
  readonly loaded: Promise<SourceMapOfFile | undefined>;
}

/**
 * The source maps of generated files: inline, where the comment points, else beside with `.map` behind the name. Files
 * are read when a map is asked for, and again after they or their maps have changed; the last maxLoaded are kept.
 */
export class SourceMaps {
  readonly #entries = new Map<string, Entry>();

  constructor(readonly files: SourceFiles) {}

  /** undefined where the file has no source map in the workspace. */
  async load(file: WorkspaceFile): Promise<SourceMapOfFile | undefined> {
    const key = keyOf(file);
    const known = await this.#current(file);
    const entry = known ?? (await this.#read(file));
    // Newest last: the oldest is dropped first.
    this.#entries.delete(key);
    if (entry === undefined) return undefined;
    this.#entries.set(key, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxLoaded) break;
      this.#entries.delete(oldest);
    }
    return entry.loaded;
  }

  /** As load(), if it needs no reading. */
  async cached(file: WorkspaceFile): Promise<SourceMapOfFile | undefined> {
    return (await this.#current(file))?.loaded;
  }

  clear(): void {
    this.#entries.clear();
  }

  async #current(file: WorkspaceFile): Promise<Entry | undefined> {
    const entry = this.#entries.get(keyOf(file));
    if (entry === undefined) return undefined;
    const [code, map] = await Promise.all([
      this.files.stamp(file),
      entry.mapFile === undefined ? undefined : this.files.stamp(entry.mapFile),
    ]);
    return equal(code, entry.code) && equal(map, entry.mapStamp) ? entry : undefined;
  }

  async #read(file: WorkspaceFile): Promise<Entry | undefined> {
    const code = await this.files.stamp(file);
    if (code === undefined || code.size > maxBytes) return undefined;
    const url = sourceMapComment((await this.files.read(file)) ?? '');
    const inline = url === undefined ? undefined : inlineJson(url);
    if (inline !== undefined) {
      const loaded = Promise.resolve(this.#parse(inline, file));
      return { code, mapFile: undefined, mapStamp: undefined, loaded };
    }
    const found = await this.#mapFile(file, url);
    if (found === undefined) return undefined;
    const { mapFile, mapStamp } = found;
    const loaded =
      mapStamp.size > maxBytes
        ? Promise.resolve(undefined)
        : this.files
            .read(mapFile)
            .then(json => (json === undefined ? undefined : this.#parse(json, mapFile)));
    return { code, mapFile, mapStamp, loaded };
  }

  #parse(json: string, beside: WorkspaceFile): SourceMapOfFile | undefined {
    const map = parseSourceMap(json);
    const path = absolutePath(beside, this.files.roots());
    return map === undefined || path === undefined ? undefined : { map, base: folderOf(path) };
  }

  /** A map outside the workspace is not read: nobody has asked for it by name. */
  async #mapFile(
    file: WorkspaceFile,
    url: string | undefined,
  ): Promise<{ mapFile: WorkspaceFile; mapStamp: FileStamp } | undefined> {
    const roots = this.files.roots();
    const path = absolutePath(file, roots);
    if (path === undefined) return undefined;
    const target = url === undefined ? undefined : resolvePath(url, folderOf(path));
    const named = target === undefined ? [] : filesAt(target, roots).slice(0, 1);
    for (const mapFile of [...named, { folder: file.folder, path: `${file.path}.map` }]) {
      const mapStamp = await this.files.stamp(mapFile);
      if (mapStamp !== undefined) return { mapFile, mapStamp };
    }
    return undefined;
  }
}

function keyOf(file: WorkspaceFile): string {
  return `${file.folder}\n${file.path}`;
}

function equal(a: FileStamp | undefined, b: FileStamp | undefined): boolean {
  return a?.modified === b?.modified && a?.size === b?.size;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The absolute path that a relative or `file:` URL names from `folder` (which ends with "/"). */
export function resolvePath(url: string, folder: string): string | undefined {
  const alone = framePath(url);
  if (alone?.kind === 'absolute') return alone.path;
  if (/^[A-Za-z][\w+.-]*:/.test(url) || url.startsWith('//')) return undefined;
  const joined = framePath(folder + decodedUrl(url));
  return joined?.kind === 'absolute' ? joined.path : undefined;
}

/** A relative URL as a path: compilers encode spaces and the like, and some forget to. */
function decodedUrl(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    // A stray percent sign: the name was not encoded.
    return url;
  }
}

/** The JSON in a `data:` URL (RFC 2397), undefined where it is none. */
function inlineJson(url: string): string | undefined {
  const match = /^data:(?:application|text)\/json[^,]{0,64},/.exec(url);
  if (match === null) return undefined;
  const data = url.slice(match[0].length);
  return match[0].endsWith(';base64,') ? Buffer.from(data, 'base64').toString('utf8') : decodedUrl(data);
}
