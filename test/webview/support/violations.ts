import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds in `part` of the page, as lines: rule, element, why. */
export async function violations(page: Page, part = 'html'): Promise<string[]> {
  // Evaluated from outside, which the page's policy does not bind.
  await page.evaluate(axe.source);
  return page.evaluate(async part => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const { violations } = await inPage.run(part, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(node => `${id}: ${node.html.slice(0, 200)} — ${node.failureSummary ?? ''}`),
    );
  }, part);
}
