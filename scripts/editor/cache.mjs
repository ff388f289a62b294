import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../lib/cleanup.mjs';
import { say } from '../lib/say.mjs';

/** Where the npm-carried VS Code lives: outside the project, so that a clean checkout does not download it again. */
export function cacheFolder() {
  const named = process.env.CAUSEWAY_EDITOR_CACHE;
  if (named) return named;
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? homedir(), 'causeway', 'editor');
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'causeway', 'editor');
}

/**
 * Runs `work` while no other process does so in the same folder. A lock whose holder is dead is taken over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  let told = false;
  while (!take(lock)) {
    if (!told) say('  another run is installing the same thing; waiting for it');
    told = true;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  const release = atExit(() => rmSync(lock, { force: true }));
  try {
    return await work();
  } finally {
    release();
  }
}

/** @param {string} lock */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  if (isAbandoned(lock)) rmSync(lock, { force: true });
  return false;
}

/** An empty lock is one that is being written, or whose writer died right then: a few seconds tell which. @param {string} lock */
function isAbandoned(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid === 0) return Date.now() - statSync(lock).mtimeMs > 5000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM: alive, and somebody else's. ESRCH and ENOENT: gone.
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM';
  }
}
