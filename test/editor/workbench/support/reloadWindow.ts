import type { Page } from 'playwright-core';
import { runCommand } from './commandPalette';

/**
 * Reloads the window as a user does. The command waits until VS Code has written down what is open; a page that is reloaded
 * from outside loses what its storage, in a browser, has not written yet.
 */
export async function reloadWindow(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load', { timeout: 60_000 });
  await runCommand(page, 'Developer: Reload Window');
  await loaded;
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
}
