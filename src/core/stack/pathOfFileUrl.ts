/**
 * The path in a `file:` URL, decoded, without query and fragment (`?t=1` makes Node load a module anew); anything else
 * as it is. `file:///C:/a` is `C:/a`, and `file://host/share` is the UNC path `//host/share` (RFC 8089, appendix E).
 */
export function pathOfFileUrl(text: string): string {
  if (!/^file:\/\//i.test(text)) return text;
  let path = text.slice(7);
  const end = firstOf(path, '?', '#');
  if (end >= 0) path = path.slice(0, end);
  path = decoded(path);
  if (!path.startsWith('/'))
    return path.startsWith('localhost/') ? path.slice('localhost'.length) : `//${path}`;
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

function firstOf(text: string, a: string, b: string): number {
  const first = text.indexOf(a);
  const second = text.indexOf(b);
  return first < 0 || (second >= 0 && second < first) ? second : first;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign: the URL was not encoded in the first place.
    return path;
  }
}
