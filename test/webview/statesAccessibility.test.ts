import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { rowNamed, settled } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer } from './support/spanAnswer';
import { themeNames } from './support/themes';
import { useWaterfall } from './support/useWaterfall';
import { violations } from './support/violations';
import type { WaterfallPage } from './support/waterfallPage';

const columns = shopTrace();
const shop = { columns: encodeTraceColumns(columns), span: (id: string) => spanAnswer(columns, id) };

/** What a reader may have done to the list, one after the other; each is undone by its own last step. */
const states: readonly (readonly [state: string, act: (page: Page) => Promise<void>])[] = [
  [
    'repeats are folded',
    async page => {
      // They are from the start; the second time brings them back.
      await page.keyboard.press('r');
      await page.getByRole('row', { name: /× SELECT products/ }).waitFor({ state: 'detached' });
      await page.keyboard.press('r');
      await page.getByRole('row', { name: /× SELECT products/ }).waitFor();
    },
  ],
  [
    'only the critical path is shown',
    async page => {
      await page.keyboard.press('r');
      await page.getByRole('row', { name: /× SELECT products/ }).waitFor({ state: 'detached' });
      await page.keyboard.press('p');
      await page.locator('.chip', { hasText: 'Critical path only' }).waitFor();
    },
  ],
  [
    'a service is hidden, and idle time is squeezed',
    async page => {
      await page.keyboard.press('p');
      await rowNamed(page, 'auth.verify').locator('.name').click();
      await page.keyboard.press('H');
      await page.keyboard.press('q');
      await page.locator('.chip', { hasText: 'Hidden: auth.verify' }).waitFor();
    },
  ],
  [
    'a span is the root',
    async page => {
      await page.locator('.chip').first().click();
      await rowNamed(page, 'POST /orders').locator('.name').click();
      await page.keyboard.press('o');
      await page.locator('.chip', { hasText: 'Root: POST /orders' }).waitFor();
    },
  ],
  [
    'the menu of what to hide is open',
    async page => {
      await page.keyboard.press('O');
      await page.getByRole('button', { name: 'Hide spans' }).click();
      await page.getByRole('menu').waitFor();
    },
  ],
  [
    'matches are found, and are all that is shown',
    async page => {
      await page.keyboard.press('Escape');
      await page.getByRole('textbox', { name: /^Find text/ }).fill('service = inventory');
      await page.locator('.row.match').first().waitFor();
      await page.getByRole('button', { name: 'Matches only, with their ancestors' }).click();
      await page.locator('.chip', { hasText: 'Matches only' }).waitFor();
    },
  ],
  [
    'a condition is wrong',
    async page => {
      await page.getByRole('textbox', { name: /^Find text/ }).fill('duration > x &&');
      await page.locator('.find-problem.status-error').waitFor();
    },
  ],
];

describe('axe finds nothing in what a reader does to the list', function () {
  this.timeout(240_000);
  const open = useWaterfall();
  const ready = async ({ page }: WaterfallPage) => {
    await rowNamed(page, 'POST /checkout').locator('.name').click();
    await settled(page);
  };

  for (const theme of themeNames)
    it(`in ${theme}`, async () => {
      const waterfall = await open(shop, { theme });
      await ready(waterfall);
      for (const [state, act] of states) {
        await act(waterfall.page);
        await settled(waterfall.page);
        assert.deepEqual(await violations(waterfall.page), [], state);
      }
    });

  const inReach = async (page: Page, state: string) => {
    assert.deepEqual(await violations(page), [], state);
    const { wider, outside, rows } = await page.evaluate(() => ({
      wider: document.documentElement.scrollWidth - window.innerWidth,
      outside: [...document.querySelectorAll('button, input')]
        .filter(element => element.checkVisibility())
        .filter(element => {
          const { left, right } = element.getBoundingClientRect();
          return left < 0 || right > window.innerWidth + 1;
        })
        .map(element => element.outerHTML.slice(0, 120)),
      rows: (document.querySelector('.scroller')?.clientHeight ?? 0) / 22,
    }));
    assert.equal(wider, 0, `${state}: nothing to scroll sideways`);
    assert.deepEqual(outside, [], state);
    assert.ok(rows >= 3, `${state}: ${rows} rows are in view`);
  };

  it('on a panel of 600 px, where all of it remains in reach', async () => {
    const waterfall = await open(shop, { width: 600 });
    await ready(waterfall);
    for (const [state, act] of states) {
      await act(waterfall.page);
      await settled(waterfall.page);
      await inReach(waterfall.page, state);
    }
  });

  it('at 200 %, where all of it remains in reach', async () => {
    // A panel of 1200 × 800 has 600 × 400 CSS pixels then.
    const waterfall = await open(shop, { width: 600, height: 400 });
    const { page } = waterfall;
    await ready(waterfall);
    await inReach(page, 'a span is selected');
    await page.keyboard.press('h');
    await page.locator('.chip', { hasText: 'Hidden: service gateway' }).waitFor();
    await inReach(page, 'a service is hidden');
    await page.getByRole('button', { name: 'Hide spans' }).click();
    await page.getByRole('menu').waitFor();
    await inReach(page, 'a menu is open');
  });
});
