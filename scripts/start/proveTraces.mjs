import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../lib/root.mjs';

const LIMIT_MS = 60_000;

/**
 * Opens the demo as a user would and waits until traces of the shop can be read.
 * @param {{ url: string, dataDir: string }} demo
 * @returns {Promise<number>} how many there are
 */
export async function proveTraces({ url, dataDir }) {
  const { openBrowser } = await import('../editor/browser.mjs');
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Causeway/ })
      .click({ timeout: LIMIT_MS });
    // Not just any row: until the view is there, the side bar shows the files of the workspace.
    const trace = page.locator('.part.sidebar').getByRole('treeitem', { name: /, \d+ spans?,/ });
    await trace.first().waitFor({ timeout: LIMIT_MS });
    const cli = [join(root, 'dist', 'cli.js'), 'traces', '--json', '--data-dir', dataDir];
    const { stdout } = await promisify(execFile)(process.execPath, cli);
    return JSON.parse(stdout).length;
  } finally {
    await browser.close();
  }
}
