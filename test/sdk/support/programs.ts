import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The programs that ship, bundled as they ship. */
export interface Programs {
  readonly collector: string;
  readonly cli: string;
  readonly version: string;
}

const root = join(__dirname, '..', '..', '..');
const made = new Map<string, Promise<Programs>>();

/** Bundles collector and CLI from the sources, with a version of one's own: upgrades need two. */
export function buildPrograms(version = '0.5.0'): Promise<Programs> {
  let programs = made.get(version);
  if (!programs) made.set(version, (programs = bundle(version)));
  return programs;
}

async function bundle(version: string): Promise<Programs> {
  const folder = join(root, 'out', 'test', 'sdk', version);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: {
      collector: join(root, 'src', 'collector', 'main.ts'),
      cli: join(root, 'src', 'cli', 'main.ts'),
    },
    outdir: folder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    define: { __VERSION__: JSON.stringify(version) },
    logLevel: 'warning',
  });
  copyFileSync(join(root, 'node_modules', 'sql.js', 'dist', 'sql-wasm.wasm'), join(folder, 'sql-wasm.wasm'));
  return { collector: join(folder, 'collector.js'), cli: join(folder, 'cli.js'), version };
}
