// npm run package: builds for release and makes out/causeway.vsix.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';
import { mustRun } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { zipListing } from './lib/zipListing.mjs';

const vsix = join(root, 'out', 'causeway.vsix');
await ensureDependencies(root);
await buildExtension({ production: true });
mkdirSync(join(root, 'out'), { recursive: true });
// Everything is bundled, so nothing of node_modules ships.
await mustRun(
  process.execPath,
  ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', vsix],
  {
    label: 'vsce package',
    quiet: true,
  },
);
for (const { name, packedBytes } of zipListing(vsix)) say(`${String(packedBytes).padStart(9)}  ${name}`);
say(`${vsix}: ${(statSync(vsix).size / 1024).toFixed(0)} KiB`);
