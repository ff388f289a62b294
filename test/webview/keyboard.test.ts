import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { allKeys } from '../../webview/waterfall/grid/keys/allKeys';
import { generatedTrace } from './support/generatedTrace';
import { focusedName, rowNamed, selectedName, settled } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer } from './support/spanAnswer';
import { useWaterfall } from './support/useWaterfall';

describe('the waterfall by keyboard', function () {
  this.timeout(60_000);
  const columns = shopTrace();
  const shop = { columns: encodeTraceColumns(columns), span: (id: string) => spanAnswer(columns, id) };
  const open = useWaterfall();

  /** A waterfall with its first row selected by the keyboard. */
  const show = async () => {
    const waterfall = await open(shop);
    await rowNamed(waterfall.page, 'POST /checkout').focus();
    await waterfall.page.keyboard.press('ArrowDown');
    return waterfall;
  };

  const walks: readonly (readonly [what: string, keys: readonly string[], selected: string])[] = [
    ['the first arrow selects the first row', [], 'POST /checkout'],
    ['down goes to the next row', ['ArrowDown'], 'auth.verify'],
    ['up goes back', ['ArrowDown', 'ArrowDown', 'ArrowUp'], 'auth.verify'],
    ['up stays on the first row', ['ArrowUp'], 'POST /checkout'],
    ['End goes to the last row', ['End'], 'send apology mail'],
    ['Home goes to the first', ['End', 'Home'], 'POST /checkout'],
    ['right goes to the first child', ['ArrowRight'], 'auth.verify'],
    ['left goes to the parent', ['ArrowDown', 'ArrowDown', 'ArrowLeft'], 'POST /checkout'],
    ['left folds first', ['ArrowLeft', 'ArrowDown'], 'POST /checkout'],
    ['right unfolds first', ['ArrowLeft', 'ArrowRight', 'ArrowDown'], 'auth.verify'],
    ['space folds', ['Space', 'ArrowDown'], 'POST /checkout'],
    ['e goes to the next error', ['e'], 'POST orders.internal/orders'],
    ['e goes around the end', ['e', 'e', 'e', 'e', 'e', 'e', 'e'], 'POST /checkout'],
    ['E goes to the previous error', ['Shift+E'], 'BankGateway/Authorize'],
    ['e unfolds what hides the next error', ['ArrowLeft', 'e', 'e', 'e'], 'chargeCard'],
  ];
  for (const [what, keys, selected] of walks)
    it(what, async () => {
      const { page } = await show();
      for (const key of keys) await page.keyboard.press(key);
      await settled(page);
      assert.equal(await selectedName(page), selected);
      assert.equal(await focusedName(page), selected, 'the keyboard is where the selection is');
    });

  it('unfolds all siblings at *', async () => {
    const { page } = await show();
    const fold = async (name: string) => rowNamed(page, name).locator('.twistie').click();
    await fold('loadCart');
    await fold('reserveStock');
    await fold('chargeCard');
    await page.keyboard.press('*');
    await settled(page);
    assert.deepEqual(
      await page
        .locator('.row[aria-level="4"]')
        .evaluateAll(rows => rows.map(row => row.getAttribute('aria-expanded'))),
      ['true', 'true', 'true', null, 'true'],
    );
  });

  it('moves a page at a time, and keeps the selection in view', async () => {
    const big = buildTraceColumns('ab'.repeat(16), generatedTrace(1000));
    const { page } = await open({ columns: encodeTraceColumns(big) });
    await page.locator('.row').first().focus();
    await page.keyboard.press('ArrowDown');
    for (let i = 0; i < 3; i++) await page.keyboard.press('PageDown');
    await settled(page);
    const selected = page.locator('.row.selected');
    const index = Number(await selected.getAttribute('aria-rowindex')) - 2;
    const rowsInView = Math.floor((await page.locator('.scroller').boundingBox())!.height / 22);
    assert.equal(index, 3 * (rowsInView - 1));
    const [row, scroller] = [
      (await selected.boundingBox())!,
      (await page.locator('.scroller').boundingBox())!,
    ];
    assert.ok(row.y >= scroller.y && row.y + row.height <= scroller.y + scroller.height);
  });

  it('keeps the keyboard on the selected row while it is scrolled out of view', async () => {
    const big = buildTraceColumns('ab'.repeat(16), generatedTrace(1000));
    const { page } = await open({ columns: encodeTraceColumns(big) });
    await page.locator('.row').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('.scroller').evaluate(element => element.scrollTo(0, 10_000));
    await page.locator('.row[aria-rowindex="470"]').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex')), '2');
    await page.keyboard.press('ArrowDown');
    await settled(page);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex')), '3');
    await page.locator('.row[aria-rowindex="4"]').waitFor();
  });

  it('is one tab stop, which stays with the selection', async () => {
    const { page } = await show();
    await page.keyboard.press('End');
    await settled(page);
    assert.deepEqual(await page.locator('.row[tabindex="0"] .name').allTextContents(), ['send apology mail']);
  });

  it('opens the source of a span that has one at Enter', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await rowNamed(page, 'chargeCard').locator('.name').click();
    await page.keyboard.press('Enter');
    const message = await waterfall.message('openSource');
    assert.equal(message.place, 'top');
  });

  it('goes to the details of one that has none', async () => {
    const { page } = await show();
    await page.keyboard.press('Enter');
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Span details',
    );
  });

  it('leaves chords to the editor', async () => {
    const { page } = await show();
    await page.keyboard.press('Control+e');
    await page.keyboard.press('Alt+ArrowDown');
    await settled(page);
    assert.equal(await selectedName(page), 'POST /checkout');
  });

  it('lists every key at ?, and gives the keyboard back at Escape', async () => {
    const { page } = await show();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    for (const { does } of allKeys)
      assert.equal(await dialog.getByText(does, { exact: true }).count(), 1, does);
    await page.keyboard.press('e');
    assert.equal(await selectedName(page), 'POST /checkout', 'keys do nothing behind it');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await focusedName(page), 'POST /checkout');
  });
});
