import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findExecutable, isExecutable } from './executable.mjs';
import { root } from './root.mjs';
import { say } from './say.mjs';

/**
 * @typedef {object} Desktop
 * @property {string} executable the program itself, not the `code` command in front of it
 * @property {string[]} wrapper what must come before it: a virtual display, or nothing
 */

const NAMES = ['code', 'code-insiders', 'codium'];
const RELEASES = 'https://update.code.visualstudio.com/api/releases/stable';

/** The program of the installed desktop VS Code, found through its `code` command. */
export function installedDesktop() {
  const command = findExecutable(NAMES);
  return command === undefined ? undefined : programOf(command);
}

/** Whether a window can be shown to somebody here. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/**
 * A desktop VS Code to run tests in: the installed one, else a download if its vendor answers at once.
 * `CAUSEWAY_TEST_EDITOR=browser` leaves it out.
 * @returns {Promise<Desktop | { missing: string }>}
 */
export async function desktopEditor() {
  if (process.env.CAUSEWAY_TEST_EDITOR === 'browser') return { missing: 'CAUSEWAY_TEST_EDITOR=browser' };
  const wrapper = display();
  if (wrapper === undefined) return { missing: 'No display and no xvfb-run for a desktop VS Code' };
  const executable = installedDesktop() ?? (await download());
  if (executable !== undefined) return { executable, wrapper };
  return { missing: 'No desktop VS Code is installed and none can be downloaded' };
}

/** @returns {string[] | undefined} */
function display() {
  if (hasDisplay()) return [];
  const virtual = findExecutable(['xvfb-run']);
  return virtual === undefined ? undefined : [virtual, '-a'];
}

/**
 * The program that the `code` script starts, which lies at a fixed place beside it on each platform.
 * @param {string} command
 */
function programOf(command) {
  const bin = dirname(realpathSync(command));
  const candidates = {
    linux: NAMES.map(name => join(bin, '..', name)),
    darwin: ['Electron', 'Code', 'VSCodium'].map(name => join(bin, '..', '..', '..', 'MacOS', name)),
    win32: ['Code.exe', 'Code - Insiders.exe', 'VSCodium.exe'].map(name => join(bin, '..', name)),
  };
  const platform = /** @type {keyof typeof candidates} */ (process.platform);
  return candidates[platform]?.find(isExecutable);
}

async function download() {
  try {
    const probe = await fetch(RELEASES, { signal: AbortSignal.timeout(5000) });
    if (!probe.ok) return undefined;
    say('Downloading the desktop VS Code (about 150 MB)');
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    return await downloadAndUnzipVSCode({ cachePath: join(root, '.vscode-test'), timeout: 15_000 });
  } catch (error) {
    say(
      `The desktop VS Code cannot be downloaded: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}
