import type { Locator, Page } from 'playwright-core';

/** The row of a span by its exact name; the first of several. */
export function rowNamed(page: Page, name: string): Locator {
  return page.locator('.row', { has: page.locator('.name').getByText(name, { exact: true }) }).first();
}

export async function selectedName(page: Page): Promise<string | null> {
  return page.locator('.row[aria-selected="true"] .name').textContent();
}

/** After this the page shows what the input so far has led to: it draws once a frame. */
export function settled(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>(done => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** Name of the row that has the keyboard. */
export function focusedName(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.querySelector('.name')?.textContent);
}
