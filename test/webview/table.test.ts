import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { generatedTrace } from './support/generatedTrace';
import { rowNamed, selectedName, settled } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer } from './support/spanAnswer';
import { themeNames } from './support/themes';
import { useWaterfall } from './support/useWaterfall';
import { violations } from './support/violations';
import type { WaterfallPage } from './support/waterfallPage';

describe('the table of a trace', function () {
  this.timeout(60_000);
  const columns = shopTrace();
  const shop = { columns: encodeTraceColumns(columns), span: (id: string) => spanAnswer(columns, id) };
  const open = useWaterfall();

  const show = async (
    host: Parameters<typeof open>[0] = shop,
    options: Parameters<typeof open>[1] = {},
  ): Promise<WaterfallPage> => {
    const waterfall = await open(host, options);
    await waterfall.page.getByRole('button', { name: 'Table' }).click();
    await waterfall.page.getByRole('grid').waitFor();
    return waterfall;
  };
  const column = ({ page }: WaterfallPage, id: string) =>
    page.locator(`.table-row:not(.header) .table-cell.col-${id}`).allInnerTexts();
  const head = ({ page }: WaterfallPage, name: string) =>
    page.getByRole('columnheader', { name, exact: true });

  it('lists every span by its start, and sorts by a column at its head', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    assert.equal((await column(waterfall, 'name')).length, columns.count);
    assert.equal(await head(waterfall, 'Start').getAttribute('aria-sort'), 'ascending');
    await page.getByRole('button', { name: 'Duration' }).click();
    await settled(page);
    assert.equal(await head(waterfall, 'Duration').getAttribute('aria-sort'), 'descending');
    assert.equal(await head(waterfall, 'Start').getAttribute('aria-sort'), 'none');
    assert.deepEqual((await column(waterfall, 'duration')).slice(0, 3), ['413 ms', '396 ms', '391 ms']);
    await page.getByRole('button', { name: 'Duration' }).click();
    await settled(page);
    assert.deepEqual((await column(waterfall, 'duration')).slice(0, 2), ['1.1 ms', '4 ms']);
  });

  it('has the selection of the waterfall, and gives it back', async () => {
    const waterfall = await open(shop);
    const { page } = waterfall;
    await rowNamed(page, 'chargeCard').locator('.name').click();
    await page.keyboard.press('v');
    await page.keyboard.press('v');
    await page.getByRole('grid').waitFor();
    assert.match(await page.locator('.table-row.selected').innerText(), /chargeCard/);
    await page.keyboard.press('ArrowDown');
    await settled(page);
    const next = await page.locator('.table-row.selected .table-text').first().innerText();
    assert.equal(next, 'POST payments.internal/charge');
    await page.keyboard.press('v');
    await page.keyboard.press('v');
    await page.getByRole('treegrid').waitFor();
    await settled(page);
    assert.equal(await selectedName(page), next);
  });

  it('is walked by keyboard, errors too', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    const name = async () => {
      await settled(page);
      return page.locator('.table-row.selected .table-text').first().innerText();
    };
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await name(), 'POST /checkout');
    await page.keyboard.press('End');
    assert.equal(await name(), 'send apology mail');
    await page.keyboard.press('E');
    assert.equal(await name(), 'BankGateway/Authorize');
    const active = await page.getByRole('grid').getAttribute('aria-activedescendant');
    assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
  });

  it('has statistics of operations, of which a click hops through the spans', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await page.getByRole('tab', { name: 'Operations' }).click();
    const row = page.locator('.table-row', { hasText: 'SELECT products' });
    assert.deepEqual(await row.locator('.table-cell').allInnerTexts(), [
      'SELECT products WHERE sku = $1',
      'inventory',
      '6',
      '0',
      '38.4 ms',
      '38.4 ms',
      '6.4 ms',
      '6.4 ms',
      '6.4 ms',
    ]);
    const at = async () => {
      await settled(page);
      return row.locator('.table-cell.col-spans').innerText();
    };
    await row.click();
    assert.equal(await at(), '1 of 6');
    await row.click();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    assert.equal(await at(), '3 of 6');
    await page.keyboard.press('Shift+Enter');
    assert.equal(await at(), '2 of 6');
  });

  it('marks the matches of a search, in words too, and has the chosen colours', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    const swatches = () =>
      page
        .locator('.table-row .swatch')
        .evaluateAll(all => all.slice(0, 2).map(each => getComputedStyle(each).backgroundColor));
    const [first, second] = await swatches();
    assert.equal(first, second);
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('status');
    await page.locator('.legend-name', { hasText: 'Error' }).waitFor();
    const [failed, unset] = await swatches();
    assert.notEqual(failed, unset);
    await page.locator('.find-input').fill('name = "SELECT products WHERE sku = $1"');
    await page.locator('.table-row.match').first().waitFor();
    assert.equal(await page.locator('.table-row.match').count(), 6);
    await page
      .getByRole('gridcell', { name: /^SELECT products .*match$/ })
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Operations' }).click();
    assert.match(await page.locator('.table-row.match').innerText(), /6 matches/);
    await page.locator('.find-input').fill('');
    await page.locator('.table-row.match').waitFor({ state: 'detached' });
  });

  for (const theme of themeNames)
    it(`has nothing to object to for axe in ${theme} where a match is selected`, async () => {
      const { page } = await show(shop, { theme });
      await page.locator('.find-input').fill('name = "SELECT products WHERE sku = $1"');
      await page.locator('.table-row.match').first().click();
      await settled(page);
      assert.deepEqual(await violations(page), []);
      await page.getByRole('tab', { name: 'Operations' }).click();
      await page.getByRole('grid').focus();
      await page.locator('.table-row.match.selected').waitFor();
      assert.deepEqual(await violations(page), []);
    });

  it('comes back after a reload, sorted as it was', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await page.getByRole('button', { name: 'Self time' }).click();
    await waterfall.until(async () => (await waterfall.state()).options.table.spans.by === 'self');
    await page.reload();
    await page.getByRole('grid').waitFor();
    assert.equal(await head(waterfall, 'Self time').getAttribute('aria-sort'), 'descending');
  });

  it('draws no more rows than fit for 100,000 spans, and reaches the last', async () => {
    const large = buildTraceColumns(columns.traceId, generatedTrace(100_000));
    const { page } = await show({ columns: encodeTraceColumns(large) });
    assert.ok((await page.locator('.table-row').count()) < 60);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.locator('.table-row.selected[aria-rowindex="100001"]').waitFor();
  });
});
