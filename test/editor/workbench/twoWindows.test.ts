import assert from 'node:assert/strict';
import { startShop } from '../../../scripts/lib/shop.mjs';
import type { Shop } from '../../../scripts/lib/shop.mjs';
import { openWorkbench } from './support/openWorkbench';
import type { Workbench } from './support/openWorkbench';
import { openCauseway, treeRow } from './support/sideBar';

describe('two windows', function () {
  this.timeout(180_000);
  let first: Workbench;
  let second: Workbench;
  let shop: Shop | undefined;

  before(async () => {
    first = await openWorkbench({ workspace: 'examples/shop' });
    await openCauseway(first.page);
    second = await openWorkbench({ workspace: 'examples/shop', beside: first });
    await openCauseway(second.page);
    shop = await startShop({ folder: first.workspace, endpoint: first.otlpHttp });
  });
  after(async () => {
    await shop?.stop();
    await second.close();
    await first.close();
  });

  it('see the same traces, live', async () => {
    await shop?.visitOnce('product-detail');
    for (const { page } of [first, second])
      await treeRow(page, /^GET \/products\/:sku, no errors/).waitFor({ timeout: 20_000 });
  });

  it('lose nothing when the one that started the collector closes', async () => {
    await first.closeWindow();
    await shop?.visitOnce('n-plus-one');
    await treeRow(second.page, /^GET \/orders, no errors/).waitFor({ timeout: 20_000 });
    assert.ok(await treeRow(second.page, /^GET \/products\/:sku, no errors/).isVisible());
  });
});
