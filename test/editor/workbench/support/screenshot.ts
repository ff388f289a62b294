import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';

/** Saves what the window shows, without a blinking cursor, once fonts are there and nothing in the status bar is at work. */
export async function screenshot(page: Page, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  // Nothing is under the pointer.
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page
    .locator('.statusbar .codicon-modifier-spin')
    .first()
    .waitFor({ state: 'detached', timeout: 60_000 });
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
}
