import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '..', '..', '..');

/** Bundles a program of this folder from the sources, as the ones that ship are. Answers its path. */
export async function bundle(name: string): Promise<string> {
  const folder = join(root, 'out', 'test', 'sdk', name);
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}.js`);
  await build({
    entryPoints: [join(__dirname, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    define: { __VERSION__: JSON.stringify('0.5.0') },
    logLevel: 'warning',
  });
  copyFileSync(join(root, 'node_modules', 'sql.js', 'dist', 'sql-wasm.wasm'), join(folder, 'sql-wasm.wasm'));
  return outfile;
}
