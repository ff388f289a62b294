import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';

/** What the paths depend on, so that every platform's can be tested on one. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Numeric user id; undefined on Windows. */
  readonly uid: number | undefined;
}

/** The machine this process runs on. */
export function thisHost(): Host {
  return { platform: process.platform, env: process.env, home: homedir(), uid: process.getuid?.() };
}

/** Longest socket path used inside the data folder: sun_path holds 104 bytes on macOS and 108 on Linux (unix(7)). */
const maxSocketPathBytes = 100;

/**
 * Where the collector keeps its data unless told otherwise: CAUSEWAY_DATA_DIR, else the platform's place for
 * application data (XDG Base Directory Specification on Linux and the BSDs).
 */
export function defaultDataDir({ platform, env, home }: Host): string {
  const { CAUSEWAY_DATA_DIR, XDG_DATA_HOME, LOCALAPPDATA } = env;
  const paths = platform === 'win32' ? win32 : posix;
  if (CAUSEWAY_DATA_DIR) return paths.resolve(CAUSEWAY_DATA_DIR);
  if (platform === 'win32')
    return paths.join(LOCALAPPDATA ?? paths.join(home, 'AppData', 'Local'), 'Causeway');
  if (platform === 'darwin') return paths.join(home, 'Library', 'Application Support', 'Causeway');
  // The specification: a relative path in XDG_DATA_HOME is invalid and is ignored.
  const base =
    XDG_DATA_HOME && paths.isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : paths.join(home, '.local', 'share');
  return paths.join(base, 'causeway');
}

/** The socket of the collector of `dataDir` (absolute, symbolic links resolved), and the folder it lies in. */
export interface SocketAddress {
  readonly path: string;
  /** Folder that must exist with mode 0700; undefined for a named pipe. */
  readonly folder: string | undefined;
}

/**
 * Every process computes the same address from the data folder alone: nothing of the environment goes in, since an
 * editor and a terminal of the same user often differ in TMPDIR and XDG_RUNTIME_DIR.
 */
export function socketAddress(
  dataDir: string,
  { platform, uid }: Pick<Host, 'platform' | 'uid'>,
): SocketAddress {
  if (platform === 'win32') {
    // Windows paths are case-insensitive; pipe names are flat.
    const name = hash(win32.normalize(dataDir).toLowerCase());
    return { path: `\\\\.\\pipe\\causeway-${name}`, folder: undefined };
  }
  const inside = posix.join(dataDir, 'collector.sock');
  if (Buffer.byteLength(inside) < maxSocketPathBytes) return { path: inside, folder: dataDir };
  const folder = `/tmp/causeway-${uid ?? 'user'}`;
  return { path: posix.join(folder, `${hash(dataDir)}.sock`), folder };
}

export function logFilePath(dataDir: string): string {
  return join(dataDir, 'collector.log');
}

/**
 * Makes the data folder, for the user alone, and answers its one true path: two spellings of a folder must lead to one
 * lock and one socket. A folder that already holds something keeps its mode (it may be anything the user named), but
 * nobody else may write in it. One that another user has put there, or a link to one, is refused: whoever owns it can
 * exchange what lies in it.
 * @throws the system's error where it cannot be made
 */
export function prepareDataDir(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return realpathSync(dataDir);
  refuseForeign(dataDir);
  const path = realpathSync(dataDir);
  const found = refuseForeign(path);
  if (readdirSync(path).length === 0) chmodSync(path, 0o700);
  else if (found.uid === process.getuid?.() && (found.mode & 0o022) !== 0)
    chmodSync(path, found.mode & 0o7755);
  return path;
}

/** What root owns, root could have changed anyway; root works in the folders of others (containers), not by their links. */
function refuseForeign(path: string): Stats {
  const found = lstatSync(path);
  const own = process.getuid?.();
  if (found.uid === own || found.uid === 0 || (own === 0 && !found.isSymbolicLink())) return found;
  throw new Error(`${path} belongs to another user (uid ${found.uid}); nothing of yours can be kept there`);
}

/**
 * Makes the folder of a socket that lies outside the data folder; a client does so, too, before it trusts a socket there. `/tmp` is everybody's: a folder, or a link, that
 * another user put there is refused.
 */
export function prepareSocketFolder({ folder }: SocketAddress, dataDir: string): void {
  if (folder === undefined || folder === dataDir) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new Error(`${folder} belongs to somebody else; the collector's socket cannot be kept there`);
  if ((found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
