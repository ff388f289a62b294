import { pathOfFileUrl } from './pathOfFileUrl';

/** The file that a frame names, taken apart. Nothing about it is checked against a disk. */
export interface FramePath {
  /**
   * `absolute`: a path on the machine where the program ran. `relative`: it counts from some folder of the project.
   * `foreign`: a URL or a network path, of which only the last parts say something here; it must never be opened as it
   * stands, not even looked for (asking for a UNC path sends the user's credentials to its host).
   */
  readonly kind: 'absolute' | 'relative' | 'foreign';
  /** Normal form with "/": `/app/src/a.ts`, `/c:/app/a.ts` (as in a URI), `src/a.ts`. Never has `.` or `..` in it. */
  readonly path: string;
  /** It was written in the Windows way: its case says nothing. */
  readonly windows: boolean;
}

const maxLength = 4096;

/** Control characters, and those that make a path look like another one (Unicode TR 36, section 2.6, bidi overrides). */
const deceptive = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Names that are devices on Windows, in every folder and with any extension ("Naming Files, Paths, and Namespaces"). */
const deviceName =
  /^(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$)$/i;

/** Sources of bundlers: `webpack://name/./src/a.ts`, `webpack-internal:///./src/a.ts`, `turbopack:///[project]/src/a.ts`. */
const bundlerScheme = /^(?:webpack|webpack-internal|turbopack|ng|rollup|parcel|vite):\/\//i;

/**
 * Takes the file of a frame or of a source map apart, undefined where it must not be opened or cannot be: empty, too
 * long, with characters that deceive, a device, or of a scheme that names no file (`command:`, `data:`, `node:`).
 */
export function framePath(file: string): FramePath | undefined {
  if (file === '' || file.length > maxLength || deceptive.test(file)) return undefined;
  if (bundlerScheme.test(file)) return bundlerPath(file);
  if (/^https?:\/\//i.test(file)) return urlPath(file);
  const plain = pathOfFileUrl(file);
  // What the URL had encoded counts as well.
  if (deceptive.test(plain)) return undefined;
  if (/^[A-Za-z]:[\\/]/.test(plain)) return drivePath(plain);
  if (/^[A-Za-z][\w+.-]*:/.test(plain)) return undefined;
  if (/^[\\/]{2}/.test(plain)) return result('foreign', plain.replaceAll('\\', '/'), true);
  if (plain.startsWith('/')) return result('absolute', plain, false);
  // Backslashes without one slash: a relative path of Windows.
  const windows = plain.includes('\\') && !plain.includes('/');
  return result('relative', windows ? plain.replaceAll('\\', '/') : plain, windows);
}

function drivePath(path: string): FramePath | undefined {
  const drive = path.slice(0, 2).toLowerCase();
  const rest = path.slice(2).replaceAll('\\', '/');
  // A further colon names an alternate data stream.
  if (rest.includes(':') || isDevice(rest)) return undefined;
  return result('absolute', `/${drive}${rest}`, true);
}

function bundlerPath(file: string): FramePath | undefined {
  const afterScheme = file.slice(file.indexOf('://') + 3);
  const afterName = afterScheme.slice(afterScheme.indexOf('/') + 1);
  const path = withoutQuery(afterName)
    // Next.js puts the layer before the path, Turbopack the root: (rsc)/./src/a.ts, [project]/src/a.ts
    .replace(/^\([\w-]+\)\//, '')
    .replace(/^\[project\]\//, '');
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) return framePath(path);
  return result('relative', path, false);
}

function urlPath(file: string): FramePath | undefined {
  const start = file.indexOf('/', file.indexOf('://') + 3);
  if (start < 0) return undefined;
  let path = withoutQuery(file.slice(start));
  try {
    path = decodeURIComponent(path);
  } catch {
    // A stray percent sign is a character of the name.
  }
  if (deceptive.test(path)) return undefined;
  // Vite serves what lies outside its root under /@fs/ with the whole path.
  return path.startsWith('/@fs/')
    ? framePath(path.slice(/^\/@fs\/[A-Za-z]:/.test(path) ? 5 : 4))
    : result('foreign', path, false);
}

function result(kind: FramePath['kind'], path: string, windows: boolean): FramePath | undefined {
  const segments: string[] = [];
  let above = false;
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) above = true;
  }
  if (segments.length === 0 || path.endsWith('/') || (windows && isDevice(path))) return undefined;
  const joined = segments.join('/');
  if (kind === 'absolute') return { kind, path: `/${joined}`, windows };
  // A relative path that leads above where it starts: where that is is not known, only its end says something.
  return { kind: above ? 'foreign' : kind, path: joined, windows };
}

function withoutQuery(text: string): string {
  const end = text.search(/[?#]/);
  return end < 0 ? text : text.slice(0, end);
}

/** True where a part of the path is a device on Windows. */
export function isDevice(path: string): boolean {
  return path.split(/[\\/]/).some(segment => deviceName.test(segment.split('.', 1)[0]?.trim() ?? ''));
}
