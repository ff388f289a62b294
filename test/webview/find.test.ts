import assert from 'node:assert/strict';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { rowNamed, selectedName, settled } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { themeNames } from './support/themes';
import { useWaterfall } from './support/useWaterfall';
import { violations } from './support/violations';
import type { WaterfallPage } from './support/waterfallPage';

describe('the find box', function () {
  this.timeout(30_000);
  const open = useWaterfall();
  const columns = shopTrace();

  const show = async (options: Parameters<typeof open>[1] = {}): Promise<WaterfallPage> => {
    const waterfall = await open(
      {
        columns: encodeTraceColumns(columns),
        ask: ({ method }) => (method === 'spansWithText' ? { spans: 1 } : undefined),
        askBody: () => Uint32Array.of(columns.spanIdHigh[1]!, columns.spanIdLow[1]!).buffer,
      },
      options,
    );
    await waterfall.page.locator('.row').first().waitFor();
    return waterfall;
  };
  const box = ({ page }: WaterfallPage) => page.locator('.find-input');
  const count = async ({ page }: WaterfallPage, text: string) =>
    page.locator('.find-count', { hasText: text }).waitFor();

  it('has the keyboard after / and marks what matches, in words too', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await page.locator('.row').first().click();
    await page.keyboard.press('/');
    await page.keyboard.type('status = error');
    await page.locator('.row.match').first().waitFor();
    const marked = await page.locator('.row.match').count();
    assert.ok(marked > 0);
    assert.equal(marked, await page.locator('.row.failed').count());
    const described = await page.locator('.row.match [role=gridcell].hidden-text').first().textContent();
    assert.match(described ?? '', /^match/);
  });

  it('goes to matches by Enter and Shift+Enter, and by n and N in the rows', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await page.keyboard.press('Control+f');
    await page.keyboard.type('chargeCard');
    await count(waterfall, 'match');
    await page.keyboard.press('Enter');
    await settled(page);
    const first = await selectedName(page);
    await count(waterfall, '1 of 2');
    await page.keyboard.press('Enter');
    await count(waterfall, '2 of 2');
    await page.keyboard.press('Shift+Enter');
    await count(waterfall, '1 of 2');
    assert.equal(await selectedName(page), first);
    assert.equal(await box(waterfall).evaluate(input => input === document.activeElement), true);
    await page.locator('.row.selected .name').click();
    await page.keyboard.press('n');
    await count(waterfall, '2 of 2');
    await page.keyboard.press('N');
    await count(waterfall, '1 of 2');
    assert.equal(await page.evaluate(() => document.activeElement?.classList.contains('row')), true);
  });

  it('is empty after Escape, and nothing is marked', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await box(waterfall).fill('status = error');
    await page.locator('.row.match').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.row.match').first().waitFor({ state: 'detached' });
    assert.equal(await box(waterfall).inputValue(), '');
  });

  for (const [width, rows] of [
    [1040, 1],
    [800, 1],
    [600, 2],
    [500, 2],
  ] as const)
    it(`shares the toolbar’s ${rows === 1 ? 'one row' : 'two rows'} on a page of ${width} px`, async () => {
      const { page } = await show({ width });
      const boxes = await page.locator('.view-toolbar :is(button, select, .find-field)').evaluateAll(all =>
        all.map(each => {
          const { left, right, top, height } = each.getBoundingClientRect();
          return { left, right, middle: top + height / 2 };
        }),
      );
      assert.ok(boxes.every(({ left, right }) => left >= 0 && right <= width));
      // Controls of one row differ by a pixel or two; a second row lies more than 20 below.
      assert.equal(new Set(boxes.map(({ middle }) => Math.round(middle / 20))).size, rows);
    });

  it('shows the reason and the column of a condition that is wrong', async () => {
    const waterfall = await show();
    await box(waterfall).fill('duration > fast');
    await waterfall.page.getByText('Column 12: A duration needs').waitFor();
    assert.equal(await box(waterfall).getAttribute('aria-invalid'), 'true');
  });

  it('leaves matches and their ancestors where the reader wants no others, and keeps folds', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    const all = await page.locator('.row').count();
    await box(waterfall).fill('name = chargeCard');
    await page.locator('.row.match').first().waitFor();
    await page.getByRole('button', { name: 'Matches only, with their ancestors' }).click();
    await page.waitForFunction(before => document.querySelectorAll('.row').length < before, all);
    assert.ok(await rowNamed(page, 'POST /checkout').isVisible());
    await page.getByRole('button', { name: 'Matches only, with their ancestors' }).click();
    await page.waitForFunction(before => document.querySelectorAll('.row').length === before, all);
  });

  it('is restored with what was found', async () => {
    const waterfall = await show();
    await box(waterfall).fill('status = error');
    await waterfall.page.locator('.row.match').first().waitFor();
    await waterfall.until(async () => (await waterfall.state()).options.find.text === 'status = error');
    const state = await waterfall.state();
    const again = await show({ state });
    await again.page.locator('.row.match').first().waitFor();
    await count(again, 'matches');
    assert.equal(await box(again).inputValue(), 'status = error');
  });

  for (const theme of themeNames)
    it(`has nothing to object to for axe in ${theme}`, async () => {
      const waterfall = await show({ theme });
      await box(waterfall).fill('status = error');
      await waterfall.page.locator('.row.match').first().waitFor();
      assert.deepEqual(await violations(waterfall.page), []);
      await box(waterfall).fill('status = no');
      await waterfall.page.locator('.find-problem.status-error').waitFor();
      assert.deepEqual(await violations(waterfall.page), []);
    });
});
