import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Nothing pops up, nothing is fetched, and the same window looks the same each time. */
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'typescript.disableAutomaticTypeAcquisition': true,
};

/**
 * Writes the user settings of an editor that has not started yet.
 *
 * code-server keeps them on the server's disk (`User`), where plain VS Code for the web would keep them in the browser. Its windows
 * count as remote ones, and those take settings of machine scope from `Machine` alone; the desktop takes all from `User`.
 * @param {string} userDataDir
 * @param {Readonly<Record<string, unknown>>} settings
 */
export function writeUserSettings(userDataDir, settings) {
  const text = JSON.stringify({ ...QUIET, ...settings }, undefined, 2);
  for (const scope of ['User', 'Machine']) {
    mkdirSync(join(userDataDir, scope), { recursive: true });
    writeFileSync(join(userDataDir, scope, 'settings.json'), text);
  }
}
