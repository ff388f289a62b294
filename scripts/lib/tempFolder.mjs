import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './cleanup.mjs';

/**
 * A fresh folder that is gone when this process ends. Its path is short: a Unix socket inside it must fit 104 bytes.
 * @param {string} name
 * @returns {{ path: string, remove: () => void }}
 */
export function tempFolder(name) {
  const path = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  const remove = atExit(() => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return { path, remove };
}
