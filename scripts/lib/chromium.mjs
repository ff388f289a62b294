import { join } from 'node:path';
import { findExecutable, isExecutable } from './executable.mjs';
import { mustRun, run } from './run.mjs';
import { say } from './say.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
];

const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  name => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const WINDOWS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(variable => {
  const folder = process.env[variable];
  if (folder === undefined) return [];
  return [
    join(folder, 'Google/Chrome/Application/chrome.exe'),
    join(folder, 'Microsoft/Edge/Application/msedge.exe'),
  ];
});

/**
 * An installed Chromium, Chrome or Edge. `CAUSEWAY_CHROMIUM` names one that is somewhere else.
 * @returns {string | undefined}
 */
export function findChromium() {
  const named = process.env.CAUSEWAY_CHROMIUM;
  if (named) return named;
  return findExecutable(NAMES) ?? [...MAC, ...WINDOWS].find(isExecutable);
}

/**
 * The same, installed first where none is found: from Debian's packages when they can be installed, else Playwright's own download.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && findExecutable(['apt-get'])) {
    say('Installing Chromium from the Debian packages (a minute or two)');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await mustRun('apt-get', ['update'], { env, label: 'apt-get update', quiet: true });
    await mustRun('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      env,
      label: 'apt-get install chromium',
      quiet: true,
    });
    const installed = findChromium();
    if (installed) return installed;
  }
  return playwrightChromium();
}

async function playwrightChromium() {
  const { chromium } = await import('playwright-core');
  if (isExecutable(chromium.executablePath())) return chromium.executablePath();
  say('Downloading Chromium through Playwright (a minute or two)');
  await run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], {
    label: 'download of Chromium',
    quiet: true,
  });
  if (isExecutable(chromium.executablePath())) return chromium.executablePath();
  throw new Error('No Chromium found. Install Chrome or Chromium, or name one in CAUSEWAY_CHROMIUM.');
}
