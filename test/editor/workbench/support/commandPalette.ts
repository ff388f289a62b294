import type { Page } from 'playwright-core';
import { eventually } from './eventually';

/** Runs a command by its title as the palette shows it, such as `Causeway: Clear Traces`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = quickInput(page);
  // A key that comes while a webview closes goes nowhere: press again.
  await eventually(
    async () => {
      await page.keyboard.press('F1');
      return input.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    },
    opened => opened,
    { what: 'the command palette' },
  );
  await input.fill(`>${title}`);
  const row = page.locator('.quick-input-list').getByRole('option', { name: title }).first();
  await row.waitFor();
  await row.click();
}

/** The box of the palette, of a quick pick or of an input: where a test types its answer. */
export const quickInput = (page: Page) =>
  page.locator('.quick-input-widget:visible').locator('input[type="text"]');
