import type { Locator, Page } from 'playwright-core';

/** Opens the view container of the extension in the side bar, if it is not open already. */
export async function openCauseway(page: Page): Promise<Locator> {
  const tab = page.locator('.activitybar').getByRole('tab', { name: /^Causeway/ });
  await tab.waitFor();
  if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
  const sideBar = page.locator('.part.sidebar');
  await sideBar.locator('.composite.title', { hasText: /causeway/i }).waitFor();
  return sideBar;
}

/** A row of the trees in the side bar, by its label or a part of what it says. */
export function treeRow(page: Page, name: string | RegExp): Locator {
  return page.locator('.part.sidebar').getByRole('treeitem', { name });
}

/** Expands a row with the keyboard: the twistie is a few pixels, and a click on the row may open something. */
export async function expandRow(row: Locator): Promise<void> {
  if ((await row.getAttribute('aria-expanded')) === 'true') return;
  await row.locator('.monaco-tl-twistie').click();
  await row.and(row.page().locator('[aria-expanded="true"]')).waitFor();
}
