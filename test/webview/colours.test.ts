import assert from 'node:assert/strict';
import { encodeSpanValues } from '../../src/core/columns/encodeSpanValues';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { ValueType } from '../../src/core/columns/spanValues';
import { shopTrace } from './support/shopTrace';
import { themeNames } from './support/themes';
import { useWaterfall } from './support/useWaterfall';
import { violations } from './support/violations';
import type { WaterfallPage } from './support/waterfallPage';

describe('colours and labels of rows', function () {
  this.timeout(60_000);
  const open = useWaterfall();
  const columns = shopTrace();
  /** Spans 1 and 2 have the attribute `tenant.id`. */
  const tenants = encodeSpanValues({
    count: 2,
    spanIdHigh: columns.spanIdHigh.slice(1, 3),
    spanIdLow: columns.spanIdLow.slice(1, 3),
    type: Uint8Array.of(ValueType.String, ValueType.String),
    number: Float64Array.of(0, 1),
    strings: ['acme <b>', 'umbrella'],
  });

  const show = async (options: Parameters<typeof open>[1] = {}): Promise<WaterfallPage> => {
    const waterfall = await open(
      {
        columns: encodeTraceColumns(columns),
        ask: ({ method }) =>
          method === 'attributeKeys'
            ? { keys: [{ key: 'tenant.id', scope: 'span', spans: 2 }], more: 0 }
            : method === 'spanValues'
              ? { spans: 2, cut: 0 }
              : undefined,
        askBody: ({ method }) => (method === 'spanValues' ? tenants : undefined),
      },
      options,
    );
    await waterfall.page.locator('.row').first().waitFor();
    return waterfall;
  };
  const choose = async ({ page }: WaterfallPage, what: string, value: string) => {
    const select = page.getByRole('combobox', { name: what });
    await select.focus();
    await select.locator(`option[value="${value}"]`).waitFor({ state: 'attached' });
    await select.selectOption(value);
  };

  it('are those that the reader chooses, with a legend that says what they mean', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await choose(waterfall, 'Colour by', 'category');
    await page.locator('.legend-name', { hasText: 'Database' }).waitFor();
    await choose(waterfall, 'Colour by', 'attribute:tenant.id');
    await page.locator('.legend-name', { hasText: 'acme <b>' }).waitFor();
    assert.ok(await page.locator('.legend-name', { hasText: 'no value' }).isVisible());
    const colours = await page
      .locator('.row .swatch')
      .evaluateAll(all => all.slice(0, 4).map(each => getComputedStyle(each).backgroundColor));
    assert.equal(new Set(colours).size, 3);
    assert.equal(colours[0], colours[3]);
  });

  it('stand beside the names, and come back after a reload', async () => {
    const waterfall = await show();
    await choose(waterfall, 'Label rows with', 'attribute:tenant.id');
    await waterfall.page.locator('.row-attribute', { hasText: 'umbrella' }).waitFor();
    assert.deepEqual(
      (await waterfall.page.locator('.row-attribute').allTextContents()).filter(text => text !== ''),
      ['acme <b>', 'umbrella'],
    );
    await waterfall.until(async () => (await waterfall.state()).options.labelBy === 'tenant.id');
    const again = await show({ state: await waterfall.state() });
    await again.page.locator('.row-attribute', { hasText: 'umbrella' }).waitFor();
  });

  for (const theme of themeNames)
    it(`have nothing to object to for axe in ${theme}`, async () => {
      const waterfall = await show({ theme });
      await choose(waterfall, 'Colour by', 'status');
      await choose(waterfall, 'Label rows with', 'attribute:tenant.id');
      await waterfall.page.locator('.row-attribute', { hasText: 'umbrella' }).waitFor();
      await waterfall.page.locator('.find-input').fill('status = error');
      await waterfall.page.locator('.row.match').first().waitFor();
      assert.deepEqual(await violations(waterfall.page), []);
    });
});
