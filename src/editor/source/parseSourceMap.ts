import { FlattenMap, type TraceMap } from '@jridgewell/trace-mapping';

/** A source map (ECMA-426) with all that resolving asks of it. */
export interface LoadedSourceMap {
  /** As they stand in the map, with `sourceRoot` before them. */
  readonly sources: readonly (string | undefined)[];
  /** `sourcesContent`: the text of the source of the same index. */
  readonly contents: readonly (string | undefined)[];
  readonly map: TraceMap;
}

/** Reads the JSON of a source map, with sections or without; undefined where it is none. */
export function parseSourceMap(json: string): LoadedSourceMap | undefined {
  try {
    // A prefix against cross-site inclusion is allowed (ECMA-426, section "Fetching source maps").
    const map = FlattenMap(json.startsWith(")]}'") ? json.slice(json.indexOf('\n') + 1) : json);
    const root: unknown = map.sourceRoot;
    return {
      sources: map.sources.map((source: unknown) =>
        typeof source === 'string' ? joinRoot(typeof root === 'string' ? root : '', source) : undefined,
      ),
      contents: map.sources.map((_, i) => {
        const content: unknown = map.sourcesContent?.[i];
        return typeof content === 'string' ? content : undefined;
      }),
      map,
    };
  } catch {
    // What is no source map leads nowhere: the frame opens the generated code.
    return undefined;
  }
}

function joinRoot(root: string, source: string): string {
  if (root === '' || /^(?:[A-Za-z][\w+.-]*:|\/)/.test(source)) return source;
  return root.endsWith('/') ? root + source : `${root}/${source}`;
}
