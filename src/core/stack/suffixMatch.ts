export interface SuffixMatch {
  /** Those of the candidates that share the most, in the order they came. */
  readonly paths: readonly string[];
  /** How many last parts they share with the path that was looked for; 0 where not even the file's name. */
  readonly segments: number;
}

/**
 * The candidates that share the longest run of last path segments with `path`: `/app/src/cart.ts` in a container is
 * `services/cart/src/cart.ts` in the workspace. One path in the answer is a match, several are a choice for the user.
 */
export function suffixMatch(path: string, candidates: readonly string[], ignoreCase: boolean): SuffixMatch {
  const wanted = split(path, ignoreCase);
  let paths: string[] = [];
  let segments = 0;
  for (const candidate of candidates) {
    const shared = sharedSegments(wanted, split(candidate, ignoreCase));
    if (shared === 0 || shared < segments) continue;
    if (shared > segments) paths = [];
    segments = shared;
    paths.push(candidate);
  }
  return { paths, segments };
}

function split(path: string, ignoreCase: boolean): string[] {
  return (ignoreCase ? path.toLowerCase() : path).split('/').filter(segment => segment !== '');
}

function sharedSegments(a: readonly string[], b: readonly string[]): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a[a.length - 1 - shared] === b[b.length - 1 - shared]) shared++;
  return shared;
}
