import type { Page } from 'playwright-core';

/**
 * Reloads the window. VS Code in a browser writes down what is open while its page unloads, into a database that does not
 * hold the page up: it is told of the end a moment before, so that the writing is done by then.
 */
export async function reloadWindow(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await page.waitForTimeout(1000);
  await page.reload();
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
}
