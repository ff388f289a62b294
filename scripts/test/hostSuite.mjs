import { join } from 'node:path';
import { shopFolder } from '../lib/build.mjs';
import { copyWorkspace } from '../lib/copyWorkspace.mjs';
import { dataFolder } from '../lib/dataFolder.mjs';
import { desktopEditor } from '../lib/desktop.mjs';
import { say } from '../lib/say.mjs';
import { tempFolder } from '../lib/tempFolder.mjs';
import { bundleHostSuite } from './bundleHostSuite.mjs';
import { runHostInBrowser } from './hostInBrowser.mjs';
import { runHostOnDesktop } from './hostOnDesktop.mjs';
import { readCounts } from './mochaSuite.mjs';

/**
 * @typedef {object} HostRun
 * @property {string} workspace
 * @property {string} extensionPath
 * @property {string} extensionTestsPath
 * @property {Record<string, unknown>} settings
 * @property {Record<string, string>} env
 */

/**
 * Runs test/editor/host inside the extension host of a real VS Code: a desktop one where there is one, else the npm-carried one.
 * @param {string} extensionPath
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function hostSuite(extensionPath) {
  const extensionTestsPath = await bundleHostSuite();
  const temp = tempFolder('cw-host');
  const counts = join(temp.path, 'counts.json');
  const data = dataFolder();
  const workspace = copyWorkspace(shopFolder);
  /** @type {HostRun} */
  const hostRun = {
    workspace: workspace.path,
    extensionPath,
    extensionTestsPath,
    settings: testSettings,
    env: { CAUSEWAY_DATA_DIR: data.path, CAUSEWAY_TEST_COUNTS: counts },
  };
  const desktop = await desktopEditor();
  say(
    'executable' in desktop
      ? `In the desktop VS Code: ${desktop.executable}`
      : `${desktop.missing}: in the npm-carried VS Code`,
  );
  const good =
    'executable' in desktop ? await runHostOnDesktop(desktop, hostRun) : await runHostInBrowser(hostRun);
  const tally = readCounts(counts, good);
  workspace.remove();
  data.remove();
  temp.remove();
  return {
    ...tally,
    note: tally.note ?? ('executable' in desktop ? 'desktop VS Code' : 'npm-carried VS Code'),
  };
}

/** Any free port, so that a test run never meets a collector that somebody uses. */
export const testSettings = { 'causeway.collector.httpPort': 0, 'causeway.collector.grpcPort': 0 };
