import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { tempFolder } from './tempFolder.mjs';

/**
 * A temporary copy of a folder to open in an editor, so that a test may change it. `node_modules` is linked, not copied.
 * @param {string} source
 * @returns {import('./copyWorkspace.mjs').Workspace}
 */
export function copyWorkspace(source) {
  const temp = tempFolder('cw-work');
  const path = join(temp.path, basename(source));
  cpSync(source, path, { recursive: true, filter: file => basename(file) !== 'node_modules' });
  const modules = resolve(source, 'node_modules');
  if (existsSync(modules)) symlinkSync(modules, join(path, 'node_modules'), 'junction');
  return { path, remove: temp.remove };
}

/** @param {string} folder @param {Readonly<Record<string, unknown>>} settings */
export function writeWorkspaceSettings(folder, settings) {
  const file = join(folder, '.vscode', 'settings.json');
  const old = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...old, ...settings }, undefined, 2));
}
