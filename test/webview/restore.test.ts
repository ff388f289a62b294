import assert from 'node:assert/strict';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import { defaultViewOptions } from '../../src/protocol/viewOptions';
import { rowNamed, selectedName, settled } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer } from './support/spanAnswer';
import { useWaterfall } from './support/useWaterfall';

describe('the waterfall after a reload', function () {
  this.timeout(60_000);
  const columns = shopTrace();
  /** Six calls of the same query are one row. */
  const rows = columns.count - 5;
  const shop = { columns: encodeTraceColumns(columns), span: (id: string) => spanAnswer(columns, id) };
  const open = useWaterfall();

  it('is as it was: selection, folds, scroll position, sizes and time range', async () => {
    const waterfall = await open(shop, { height: 420 });
    const { page } = waterfall;
    await rowNamed(page, 'loadCart').locator('.twistie').click();
    await rowNamed(page, 'reserveStock').locator('.name').click();
    await page.getByRole('separator', { name: 'Width of the details' }).focus();
    await page.keyboard.press('ArrowLeft');
    const box = (await page.locator('.scroller').boundingBox())!;
    await page.mouse.move(box.x + box.width - 100, box.y + 50);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    await page.locator('.scroller').evaluate(element => element.scrollTo(0, 110));
    await waterfall.until(async () => {
      const { scrollTop, range, detailWidth } = await waterfall.state();
      return scrollTop === 110 && range !== undefined && detailWidth === 416;
    });
    const saved = await waterfall.state();
    assert.equal(saved.traceId, columns.traceId);
    const picture = () => page.evaluate(() => document.querySelector('canvas')!.toDataURL());
    await settled(page);
    const before = await picture();

    await page.reload();
    await page.getByText('Bern').waitFor({ state: 'detached' });
    await rowNamed(page, 'reserveStock').waitFor();
    await page.getByText('http.request.').first().waitFor();
    await settled(page);
    assert.equal(await selectedName(page), 'reserveStock');
    assert.equal(await rowNamed(page, 'loadCart').getAttribute('aria-expanded'), 'false');
    assert.equal(await page.locator('.scroller').evaluate(element => element.scrollTop), 110);
    assert.equal(
      await page.getByRole('separator', { name: 'Width of the details' }).getAttribute('aria-valuenow'),
      '416',
    );
    assert.equal(await picture(), before, 'bars and ruler are drawn alike');
    assert.deepEqual(await waterfall.state(), saved);
  });

  it('starts afresh for another trace', async () => {
    const waterfall = await open(shop, {
      state: {
        traceId: 'ff'.repeat(16),
        selectedSpanId: spanIdAt(columns, 3),
        collapsed: [spanIdAt(columns, 0)],
        options: defaultViewOptions,
        scrollTop: 50,
        treeWidth: 300,
        detailWidth: 300,
      },
    });
    await rowNamed(waterfall.page, 'POST /checkout').waitFor();
    assert.equal(await waterfall.page.locator('.row').count(), rows);
    assert.equal(await waterfall.page.locator('.row.selected').count(), 0);
    assert.equal(
      await waterfall.page
        .getByRole('separator', { name: 'Width of the span column' })
        .getAttribute('aria-valuenow'),
      '300',
      'the sizes are the reader’s, whatever the trace',
    );
  });

  it('starts afresh where the state is of another shape', async () => {
    const waterfall = await open(shop, { state: JSON.parse('{"traceId": 7}') as never });
    await rowNamed(waterfall.page, 'POST /checkout').waitFor();
    assert.equal(await waterfall.page.locator('.row').count(), rows);
  });
});
