import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../lib/npm.mjs';
import { elapsed, say } from '../lib/say.mjs';
import { cacheFolder, withLock } from './cache.mjs';
import { editorVersion, nodeMajor, nodePackage, recipe } from './versions.mjs';

/**
 * @typedef {object} InstalledEditor
 * @property {string} node Node 24, which runs the server
 * @property {string} serverMain VS Code's own server program
 */

/**
 * The npm-carried VS Code, installed into the cache folder if it is not there yet.
 * @returns {Promise<InstalledEditor>}
 */
export async function ensureEditor() {
  const cache = cacheFolder();
  const home = join(
    cache,
    `vscode-${editorVersion}-${recipe}-node${nodeMajor}-${process.platform}-${process.arch}`,
  );
  if (!existsSync(home))
    await withLock(cache, async () => {
      if (!existsSync(home)) await install(cache, home);
    });
  return {
    node: ownNodeFits() ? process.execPath : nodeIn(home),
    serverMain: join(vscodeIn(home), 'out', 'server-main.js'),
  };
}

/**
 * Everything is made in a folder beside and renamed at the end, so that a half-made install is never taken for a whole one.
 * @param {string} cache
 * @param {string} home
 */
async function install(cache, home) {
  const start = performance.now();
  for (const name of readdirSync(cache))
    if (name.startsWith('making-')) rmSync(join(cache, name), { recursive: true, force: true });
  const making = join(cache, `making-${process.pid}`);
  mkdirSync(making);
  const dependencies = { 'code-server': editorVersion, ...nodeDependency() };
  writeFileSync(join(making, 'package.json'), JSON.stringify({ private: true, dependencies }));

  say(
    `Installing VS Code ${editorVersion} for the browser from npm into ${cache} (once; about 800 MB, 20 s to 2 min)`,
  );
  // Without --ignore-scripts native modules are compiled; all they would add here is quieter logs.
  await npm(['install', '--ignore-scripts', '--no-package-lock'], {
    cwd: making,
    label: 'npm install of VS Code',
  });
  // code-server's own install script, which is one of those left out, would do these two: the server's parts, and TypeScript for the extensions.
  for (const folder of [vscodeIn(making), join(vscodeIn(making), 'extensions')])
    await npm(['install', '--ignore-scripts', '--omit=dev'], {
      cwd: folder,
      label: 'npm install of the parts of VS Code',
    });
  renameSync(making, home);
  say(`  done, ${elapsed(start)}`);
}

/** @returns {Record<string, string>} */
function nodeDependency() {
  if (ownNodeFits()) return {};
  const name = nodePackage();
  if (name === undefined)
    throw new Error(
      `npm carries no Node ${nodeMajor} for ${process.platform} ${process.arch}: run this with Node ${nodeMajor}`,
    );
  return { [name]: String(nodeMajor) };
}

const ownNodeFits = () => process.versions.node.startsWith(`${nodeMajor}.`);

/** @param {string} home */
const vscodeIn = home => join(home, 'node_modules', 'code-server', 'lib', 'vscode');

/** @param {string} home */
const nodeIn = home =>
  join(home, 'node_modules', nodePackage() ?? '', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
