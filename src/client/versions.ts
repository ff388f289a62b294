/**
 * Whether version `a` is newer than `b` (Semantic Versioning 2.0.0, section 11, without the order of pre-releases among
 * themselves: a pre-release is older than its release). A version that is none, such as `dev`, is never newer or older.
 */
export function isNewerVersion(a: string, b: string): boolean {
  const left = parse(a);
  const right = parse(b);
  if (!left || !right) return false;
  for (const i of [0, 1, 2, 3] as const) if (left[i] !== right[i]) return left[i] > right[i];
  return false;
}

function parse(version: string): [number, number, number, number] | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)(-)?/.exec(version);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3]), found[4] ? 0 : 1] : undefined;
}
