import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { npm } from './npm.mjs';
import { root } from './root.mjs';
import { elapsed, say } from './say.mjs';

/**
 * Installs what the lock file of `folder` names, unless that has been done since the lock file last changed.
 * @param {string} folder
 */
export async function ensureDependencies(folder) {
  const lock = join(folder, 'package-lock.json');
  if (!existsSync(lock) || isFresh(folder, lock)) return;
  const name = relative(root, folder) || 'the project';
  const start = performance.now();
  say(`Installing the dependencies of ${name} (about half a minute the first time)`);
  await npm(['ci'], { cwd: folder, label: `npm ci in ${name}` });
  say(`  done, ${elapsed(start)}`);
}

/**
 * npm writes `node_modules/.package-lock.json` last, so an interrupted install leaves it missing or old.
 * @param {string} folder
 * @param {string} lock
 */
function isFresh(folder, lock) {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}
