import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Copies a data folder as a crash at this moment would leave it. The index first: it may be older than the journal, never newer. */
export function copyAsCrashed(folder: string, to: string): void {
  mkdirSync(join(to, 'journal'));
  const segments = readdirSync(join(folder, 'journal')).sort();
  for (const name of ['index.sqlite', ...segments.map(file => join('journal', file))]) {
    try {
      copyFileSync(join(folder, name), join(to, name));
    } catch (error) {
      // Deleted or renamed meanwhile.
      assert.ok(error instanceof Error && 'code' in error && error.code === 'ENOENT', String(error));
    }
  }
}
