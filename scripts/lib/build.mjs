import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { npm } from './npm.mjs';
import { root } from './root.mjs';
import { mustRun } from './run.mjs';
import { say } from './say.mjs';

/** The example application: demo of `npm start`, and what the tests in the editor trace. */
export const shopFolder = join(root, 'examples', 'shop');

/** Builds everything that ships. @param {{ production?: boolean }} [options] */
export async function buildExtension({ production = false } = {}) {
  say('Building the extension');
  await mustRun(process.execPath, ['esbuild.mjs', ...(production ? ['--production'] : [])], {
    label: 'esbuild',
  });
}

/** Installs and builds the example application. */
export async function buildShop() {
  if (!existsSync(join(shopFolder, 'package.json'))) throw new Error('examples/shop is missing');
  await ensureDependencies(shopFolder);
  say('Building examples/shop');
  await npm(['run', 'build'], { cwd: shopFolder, label: 'build of examples/shop' });
}
