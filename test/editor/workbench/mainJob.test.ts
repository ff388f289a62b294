import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startShop } from '../../../scripts/lib/shop.mjs';
import type { Shop } from '../../../scripts/lib/shop.mjs';
import { activeEditor } from './support/activeEditor';
import { eventually } from './support/eventually';
import { openWorkbench } from './support/openWorkbench';
import type { Workbench } from './support/openWorkbench';
import { reloadWindow } from './support/reloadWindow';
import { expandRow, openCauseway, treeRow } from './support/sideBar';
import { webviewFrame } from './support/webviewFrame';

/** What a developer does: real spans of the shop, tree, waterfall, error span, throwing line. */
describe('a failed checkout', function () {
  this.timeout(180_000);
  let window: Workbench;
  let shop: Shop | undefined;

  before(async () => {
    window = await openWorkbench({ workspace: 'examples/shop', viewport: { width: 1500, height: 950 } });
    await openCauseway(window.page);
    await eventually(
      () => window.page.locator('.part.statusbar').innerText(),
      text => text.includes(new URL(window.otlpHttp).port),
      { what: 'the port in the status bar' },
    );
    shop = await startShop({ folder: window.workspace, endpoint: window.otlpHttp });
  });
  after(async () => {
    await shop?.stop();
    await window.close();
  });

  it('is told how to send traces while there are none', async () => {
    const text = await window.page.locator('.part.sidebar').innerText();
    assert.match(
      text,
      new RegExp(`OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:${new URL(window.otlpHttp).port}`),
    );
  });

  it('appears in the tree, marked as an error, as soon as its spans arrive', async () => {
    await shop?.visitOnce('checkout-fails');
    const row = treeRow(window.page, /^POST \/checkout, \d errors/);
    await row.waitFor({ timeout: 10_000 });
    assert.match((await row.getAttribute('aria-label')) ?? '', /gateway, \d+ spans/);
  });

  it('expands into its span tree, down to the span that threw', async () => {
    const trace = treeRow(window.page, /^POST \/checkout, \d errors/);
    await expandRow(trace);
    const path = [
      /^POST \/checkout, error/,
      /^route, error/,
      /^POST, error/,
      /^POST \/checkout, error.*orders/,
      /^checkout, error/,
    ];
    for (const name of path) await expandRow(treeRow(window.page, name).last());
    await treeRow(window.page, /^chargeCard, error/).waitFor();
  });

  it('keeps the tree as it is unfolded while more spans stream in', async () => {
    await shop?.visitOnce('product-list');
    await treeRow(window.page, /^GET \/products/).waitFor({ timeout: 10_000 });
    assert.ok(await treeRow(window.page, /^chargeCard, error/).isVisible());
  });

  it('opens as a waterfall, at the span that failed first', async () => {
    await treeRow(window.page, /^POST \/checkout, \d errors/).click();
    const waterfall = webviewFrame(window.page);
    const failed = waterfall.getByRole('row', { name: /chargeCard/ });
    await failed.and(waterfall.locator('[aria-selected="true"]')).waitFor({ timeout: 15_000 });
    assert.equal(await waterfall.getByRole('heading', { level: 1 }).innerText(), 'POST /checkout');
  });

  it('leads from the error span in the waterfall to the throwing line', async () => {
    const waterfall = webviewFrame(window.page);
    await waterfall.getByRole('row', { name: /chargeCard/ }).click();
    await waterfall.getByRole('button', { name: /Open throwing line/ }).click();
    await expectThrowingLine(window);
    assert.ok(
      await waterfall.getByRole('row', { name: /chargeCard/ }).isVisible(),
      'the waterfall is still there',
    );
  });

  it('leads from the error span in the tree to the throwing line', async () => {
    await window.page.keyboard.press('ControlOrMeta+w');
    await treeRow(window.page, /^chargeCard, error/).click();
    await expectThrowingLine(window);
  });

  it('has left no error on the console', () => {
    assert.deepEqual(window.errors, []);
  });

  it('is found again after the window is reloaded, its waterfall too', async () => {
    const before = window.errors.length;
    await reloadWindow(window.page);
    await window.page.getByRole('tab', { name: /POST \/checkout/ }).click();
    await webviewFrame(window.page)
      .getByRole('row', { name: /chargeCard/ })
      .waitFor({ timeout: 30_000 });
    await treeRow(window.page, /^POST \/checkout, \d errors/).waitFor({ timeout: 20_000 });
    assert.deepEqual(window.errors.slice(before), []);
  });
});

/** The editor shows the line of the innermost cause, with the cursor on it. */
async function expectThrowingLine(window: Workbench): Promise<void> {
  const source = readFileSync(join(window.workspace, 'src/checkout/readAuthorization.ts'), 'utf8').split(
    '\n',
  );
  const line = source.findIndex(text => text.includes('charge.authorization.code')) + 1;
  const column = source[line - 1]!.indexOf('code') + 1;
  const position = await eventually(
    () => activeEditor(window.page),
    now => now?.file === 'readAuthorization.ts' && now.line === line,
    { what: 'the throwing line' },
  );
  assert.deepEqual(position, { file: 'readAuthorization.ts', line, column });
}
