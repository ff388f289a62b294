import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { encodeSpanValues } from '../../src/core/columns/encodeSpanValues';
import { ValueType } from '../../src/core/columns/spanValues';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import { focusedName, rowNamed, selectedName, settled } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer } from './support/spanAnswer';
import { themeNames } from './support/themes';
import { useWaterfall } from './support/useWaterfall';
import { violations } from './support/violations';

describe('the lines of the waterfall', function () {
  this.timeout(120_000);
  const columns = shopTrace();
  const shop = { columns: encodeTraceColumns(columns), span: (id: string) => spanAnswer(columns, id) };
  const open = useWaterfall();
  const names = (page: Page) => page.locator('.row .name').allTextContents();
  const repeats = '6 × SELECT products WHERE sku = $1';

  /** Selects a row and gives it the keyboard, then presses keys. */
  const press = async (page: Page, row: string, ...keys: string[]) => {
    await rowNamed(page, row).locator('.name').click();
    for (const key of keys) await page.keyboard.press(key);
    await settled(page);
  };

  it('fold a run of the same call into one, with its times, and open it by keyboard', async () => {
    const { page } = await open(shop);
    await page
      .getByRole('row', {
        name: /6 × SELECT products.*total 38\.4 ms, mean 6\.4 ms, from 6\.4 ms to 6\.4 ms/,
      })
      .waitFor();
    await press(page, repeats, 'ArrowRight', 'ArrowRight');
    assert.equal(await selectedName(page), 'SELECT products WHERE sku = $1');
    assert.equal(await rowNamed(page, repeats).getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('r');
    await settled(page);
    assert.equal(await rowNamed(page, repeats).count(), 0);
    assert.equal(await page.locator('.row').count(), columns.count);
    assert.equal(await selectedName(page), 'SELECT products WHERE sku = $1');
  });

  it('are told apart and called after their statements when the collector answers, once', async () => {
    const rows = Array.from({ length: columns.count }, (_, row) => row).filter(
      row => columns.strings[columns.name[row]!] === 'SELECT products WHERE sku = $1',
    );
    const body = encodeSpanValues({
      count: rows.length,
      spanIdHigh: Uint32Array.from(rows, row => columns.spanIdHigh[row]!),
      spanIdLow: Uint32Array.from(rows, row => columns.spanIdLow[row]!),
      type: new Uint8Array(rows.length).fill(ValueType.String),
      number: Float64Array.from(rows, (_, i) => i),
      strings: rows.map((_, i) => `SELECT name, price FROM products WHERE sku = 'tea-${i}'`),
    });
    const asked: string[] = [];
    const waterfall = await open({
      ...shop,
      ask: question => {
        if (question.method !== 'spanValues') return undefined;
        asked.push(JSON.stringify(question.params));
        return { spans: rows.length, cut: 0 };
      },
      askBody: () => body,
    });
    await rowNamed(waterfall.page, '6 × SELECT products WHERE sku = ?').waitFor();
    assert.deepEqual(asked, ['{"keys":["db.query.text","db.statement"],"scope":"span"}']);
  });

  it('keep a note of what is hidden, with its errors, and a chip that shows it again', async () => {
    const waterfall = await open(shop);
    const { page } = waterfall;
    await press(page, 'POST /orders', 'h');
    const note = page.getByRole('row', { name: /8 spans hidden.*3 errors among them.*on the critical path/ });
    assert.equal(await note.getAttribute('aria-expanded'), 'true');
    await waterfall.until(async () => (await waterfall.state()).options.hidden.services[0] === 'orders');
    await page.getByRole('button', { name: 'Hidden: service orders: Show its spans' }).click();
    await rowNamed(page, 'POST /orders').waitFor();
  });

  it('show what a note stands for at Enter, and say so in a chip that leaves it out again', async () => {
    const { page } = await open(shop);
    await press(page, 'POST /orders', 'h');
    await press(page, '8 spans hidden', 'Enter');
    assert.equal(await selectedName(page), 'POST /orders');
    assert.equal(await focusedName(page), 'POST /orders');
    assert.equal(
      await page.getByRole('button', { name: 'Hidden: service orders: Show its spans' }).count(),
      1,
    );
    await page.getByRole('button', { name: '8 spans shown all the same: Leave out again' }).click();
    await rowNamed(page, '8 spans hidden').waitFor();
  });

  it('say that the root was left for a span outside of it, and lead back', async () => {
    const waterfall = await open(shop);
    const { page } = waterfall;
    await press(page, 'reserveStock', 'o');
    const outside = Array.from({ length: columns.count }, (_, row) => row).find(
      row => columns.strings[columns.name[row]!] === 'send apology mail',
    )!;
    await waterfall.send({ type: 'reveal', spanId: spanIdAt(columns, outside) });
    await page.getByRole('status').filter({ hasText: 'Outside of the root reserveStock' }).waitFor();
    assert.equal(await selectedName(page), 'send apology mail');
    await page
      .getByRole('button', { name: 'Outside of the root reserveStock: Show it as the root again' })
      .click();
    await settled(page);
    assert.equal((await names(page))[0], 'reserveStock');
    assert.equal(await selectedName(page), 'reserveStock');
  });

  it('are those on the critical path alone at p, and those below one span at o', async () => {
    const { page } = await open(shop);
    await press(page, 'reserveStock', 'p');
    assert.ok(!(await names(page)).includes('send apology mail'));
    await page.keyboard.press('p');
    await page.keyboard.press('o');
    await settled(page);
    assert.deepEqual(await names(page), ['reserveStock', 'Inventory/Reserve', repeats]);
    await page.keyboard.press('O');
    await rowNamed(page, 'POST /checkout').waitFor();
  });

  it('collapse and expand from the menu and by keys', async () => {
    const { page } = await open(shop);
    await page.getByRole('button', { name: 'Collapse and expand' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Collapse All', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await settled(page);
    assert.deepEqual(await names(page), ['POST /checkout']);
    await press(page, 'POST /checkout', 'c');
    assert.equal(await page.locator('.row').count(), 4);
    await page.keyboard.press('C');
    await settled(page);
    assert.equal(await page.locator('.row').count(), columns.count - 5);
  });

  it('walk through a menu by arrows and leave it at Escape', async () => {
    const { page } = await open(shop);
    const opener = page.getByRole('button', { name: 'Hide spans' });
    await opener.press('ArrowDown');
    await page.keyboard.press('End');
    assert.equal(await page.locator('.menu-item:focus').innerText(), 'Show Everything');
    await page.keyboard.press('Escape');
    assert.equal(await opener.getAttribute('aria-expanded'), 'false');
    assert.equal(await opener.evaluate(element => element === document.activeElement), true);
  });

  for (const theme of themeNames)
    it(`have nothing that axe finds in ${theme}, with notes, a group, chips and an open menu`, async () => {
      const { page } = await open(shop, { theme });
      await press(page, 'chargeCard', 'H');
      await page.getByRole('button', { name: 'Hide spans' }).click();
      await page.getByRole('menu').waitFor();
      assert.deepEqual(await violations(page), []);
    });
});
