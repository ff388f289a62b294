import { join } from 'node:path';
import { launchEditor } from '../editor/launch.mjs';
import { writeUserSettings } from '../editor/userSettings.mjs';
import { hasDisplay, installedDesktop } from '../lib/desktop.mjs';
import { startGroup } from '../lib/processGroup.mjs';
import { root } from '../lib/root.mjs';
import { say } from '../lib/say.mjs';
import { openInBrowser } from './openInBrowser.mjs';

/**
 * @typedef {object} DemoOptions
 * @property {string} workspace
 * @property {Record<string, unknown>} settings
 * @property {Record<string, string>} env
 * @property {boolean} browserOnly
 * @property {boolean} open whether a window may be opened for the user
 *
 * @typedef {object} Demo
 * @property {string | undefined} url where to find the editor; undefined for a desktop window
 * @property {Promise<unknown>} ended
 * @property {() => Promise<void>} stop
 */

/**
 * Shows the extension in the desktop VS Code that is installed, else starts the npm-carried one for a browser.
 * @param {DemoOptions} options
 * @returns {Promise<Demo>}
 */
export async function openDemo(options) {
  const desktop = options.open && !options.browserOnly && hasDisplay() ? installedDesktop() : undefined;
  if (desktop !== undefined) return openDesktop(desktop, options);
  if (!options.browserOnly)
    say('No desktop VS Code here (`code` is not on the PATH), so it runs in the browser.');
  const server = await launchEditor({ ...options, extensionPath: root });
  if (options.open) openInBrowser(server.url);
  return { url: server.url, ended: server.ended, stop: server.stop };
}

/**
 * A window with user data of its own, so that neither the user's settings nor an installed Causeway are touched.
 * @param {string} executable
 * @param {DemoOptions} options
 * @returns {Demo}
 */
function openDesktop(executable, { workspace, settings, env }) {
  say(`Opening ${executable}`);
  const home = join(root, 'out', 'start');
  writeUserSettings(join(home, 'user'), settings);
  const folders = ['--user-data-dir', join(home, 'user'), '--extensions-dir', join(home, 'extensions')];
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [
    `--extensionDevelopmentPath=${root}`,
    ...folders,
    '--new-window',
    '--skip-welcome',
    ...sandbox,
    workspace,
  ];
  const group = startGroup(executable, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  return { url: undefined, ended: group.ended, stop: group.stop };
}
