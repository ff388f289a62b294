import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The first of `names` that is on the PATH, as an absolute path.
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findExecutable(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const candidates = names.flatMap(name =>
    folders.flatMap(folder => endings.map(end => join(folder, name + end))),
  );
  return candidates.find(isExecutable);
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Missing, unreadable or not executable: all mean "not this one".
    return false;
  }
}
