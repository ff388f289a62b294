import type { Page } from 'playwright-core';
import { eventually } from './eventually';

/**
 * Runs a command by its title as the palette shows it, such as `Causeway: Clear Traces`. A key that comes while a webview
 * closes goes nowhere, and a box that is still closing takes the palette that opens meanwhile with it: both begin again.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  await eventually(
    () =>
      chooseInPalette(page, title).then(
        () => true,
        async () => {
          await page.keyboard.press('Escape');
          return false;
        },
      ),
    ran => ran,
    { what: `the command ${title} in the palette`, timeout: 30_000 },
  );
}

async function chooseInPalette(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await quickInput(page).fill(`>${title}`, { timeout: 2000 });
  const row = page.locator('.quick-input-list').getByRole('option', { name: title }).first();
  await row.click({ timeout: 5000 });
}

/** The box of the palette, of a quick pick or of an input: where a test types its answer. */
export const quickInput = (page: Page) =>
  page.locator('.quick-input-widget:visible').locator('input[type="text"]');
