import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { filesUnder } from '../lib/filesUnder.mjs';
import { root } from '../lib/root.mjs';

/**
 * Bundles the suite that runs inside the extension host, a file each, and answers the entry for `extensionTestsPath`.
 * Mocha stays outside: its globals must be the ones that the specs see.
 */
export async function bundleHostSuite() {
  const folder = join(root, 'test', 'editor', 'host');
  const outdir = join(root, 'out', 'test', 'editor', 'host');
  // A spec that was deleted or renamed must not run on.
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [join(folder, 'index.ts'), ...filesUnder(folder, '.test.ts')],
    outbase: folder,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(outdir, 'index.js');
}
