import type { Page } from 'playwright-core';
import { activeEditor } from '../../test/editor/workbench/support/activeEditor';
import { eventually } from '../../test/editor/workbench/support/eventually';
import { expandRow, openCauseway, treeRow } from '../../test/editor/workbench/support/sideBar';
import type { Theme } from '../../test/editor/workbench/support/themes';
import { webviewFrame } from '../../test/editor/workbench/support/webviewFrame';

export interface Scene {
  /** File name, without `.png`. */
  name: string;
  theme: Theme;
  viewport?: { width: number; height: number };
  /** Brings the window to what the picture shows. */
  arrange: (page: Page) => Promise<void>;
}

/** The Traces view, with the failed checkout unfolded down to where it failed. */
async function tree(page: Page): Promise<void> {
  await openCauseway(page);
  const path = [
    /^POST \/checkout, \d+ errors/,
    /^POST \/checkout, error.*gateway/,
    /^route, error/,
    /^POST, error/,
    /^POST \/checkout, error.*orders/,
    /^checkout, error/,
  ];
  for (const name of path) await expandRow(treeRow(page, name).first());
  await treeRow(page, /^chargeCard, error/).waitFor();
}

/** Its waterfall, with the details of the span that threw: the innermost of the errors, which E goes through. */
async function waterfall(page: Page): Promise<void> {
  await openCauseway(page);
  await treeRow(page, /^POST \/checkout, \d+ errors/).click();
  const view = webviewFrame(page);
  await view
    .getByRole('row', { name: /^POST \/checkout/ })
    .first()
    .click();
  const details = view.getByRole('region', { name: 'Span details' });
  await eventually(
    async () => {
      await page.keyboard.press('e');
      return details.getByRole('heading', { level: 2 }).innerText();
    },
    name => name.includes('chargeCard'),
    { what: 'the span that threw' },
  );
  await details.getByRole('list', { name: 'Stack trace' }).first().waitFor();
}

/** The trace of 100,000 spans that take.ts sends, with the details of one of them. */
async function large(page: Page): Promise<void> {
  await openCauseway(page);
  await treeRow(page, /100,000 spans/).click();
  const view = webviewFrame(page);
  await view.getByText('100,000 spans').first().waitFor();
  await view.locator('.row .name').nth(6).click();
  await view.getByRole('region', { name: 'Span details' }).getByText('Attributes').first().waitFor();
}

/** The same, folded for a narrow window: the side bar makes room once the waterfall is open. */
async function narrow(page: Page): Promise<void> {
  await waterfall(page);
  await page.keyboard.press('ControlOrMeta+b');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
}

/** The editor beside it, at the line that threw. */
async function source(page: Page): Promise<void> {
  await waterfall(page);
  await webviewFrame(page)
    .getByRole('button', { name: /Open throwing line/ })
    .click();
  await eventually(
    () => activeEditor(page),
    editor => editor?.file === 'readAuthorization.ts' && editor.line > 1,
  );
}

export const scenes: readonly Scene[] = [
  { name: 'tree-dark', theme: 'dark', arrange: tree },
  { name: 'waterfall-dark', theme: 'dark', arrange: waterfall },
  { name: 'waterfall-light', theme: 'light', arrange: waterfall },
  { name: 'waterfall-high-contrast-dark', theme: 'high-contrast-dark', arrange: waterfall },
  { name: 'waterfall-high-contrast-light', theme: 'high-contrast-light', arrange: waterfall },
  { name: 'large-dark', theme: 'dark', arrange: large },
  { name: 'large-light', theme: 'light', arrange: large },
  { name: 'large-high-contrast-dark', theme: 'high-contrast-dark', arrange: large },
  { name: 'large-high-contrast-light', theme: 'high-contrast-light', arrange: large },
  { name: 'waterfall-narrow', theme: 'dark', viewport: { width: 640, height: 800 }, arrange: narrow },
  { name: 'source-dark', theme: 'dark', viewport: { width: 1600, height: 900 }, arrange: source },
];
