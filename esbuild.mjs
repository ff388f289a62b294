// Builds everything that ships: the extension host bundle, the collector, the CLI and the webviews.
//   node esbuild.mjs [--watch] [--production]
import { cp, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, context } from 'esbuild';
import { webviewBundle } from './webview/build.mjs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const require = createRequire(import.meta.url);

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  define: { __VERSION__: JSON.stringify(require('./package.json').version) },
};

/** VS Code 1.101 runs Node 22; the CLI and the tests also run on Node 20. */
const node = { ...shared, platform: 'node', target: 'node20', format: 'cjs' };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/collector/main.ts'], outfile: 'dist/collector.js' },
  {
    ...node,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
  { ...shared, ...webviewBundle, outdir: 'dist/webview' },
];

// Only a release starts from nothing: an editor that is open on `dist` goes on working while it is built anew.
if (production) await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await cp(join(dirname(require.resolve('sql.js')), 'sql-wasm.wasm'), 'dist/sql-wasm.wasm');

if (watch) {
  for (const options of bundles) await (await context(options)).watch();
  console.log('watching');
} else {
  const results = await Promise.all(bundles.map(options => build(options)));
  for (const { metafile } of results)
    for (const [file, { bytes }] of Object.entries(metafile.outputs))
      if (!file.endsWith('.map')) console.log(`${file}  ${(bytes / 1024).toFixed(0)} KiB`);
}
