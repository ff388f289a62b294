import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every file below `folder` whose name ends with `ending`, as absolute paths in a stable order. Installed packages and build output are left out.
 * @param {string} folder
 * @param {string} ending
 * @returns {string[]}
 */
export function filesUnder(folder, ending) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return entry.name.endsWith(ending) ? [path] : [];
      return entry.isDirectory() && !SKIPPED.has(entry.name) ? filesUnder(path, ending) : [];
    });
}

const SKIPPED = new Set(['node_modules', 'dist', 'out', '.git', '.vscode-test']);
