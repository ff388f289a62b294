import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { atExit } from './cleanup.mjs';
import { tempFolder } from './tempFolder.mjs';

/**
 * A fresh data folder (`CAUSEWAY_DATA_DIR`) for one run. A collector outlives the editor that started it for a few seconds, on purpose;
 * here it is killed when the folder goes.
 * @returns {{ path: string, remove: () => void }}
 */
export function dataFolder() {
  const temp = tempFolder('cw-data');
  return {
    path: temp.path,
    remove: atExit(() => {
      killHolder(temp.path);
      temp.remove();
    }),
  };
}

/** A lock file is named after the process that holds the folder. @param {string} folder */
function killHolder(folder) {
  const locks = join(folder, 'locks');
  if (!existsSync(locks)) return;
  for (const name of readdirSync(locks)) {
    const pid = /^(\d+)-\w+\.lock$/.exec(name)?.[1];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch (error) {
      // ESRCH: it has ended by itself.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  }
}
