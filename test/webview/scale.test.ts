import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import { generatedTrace } from './support/generatedTrace';
import { oneByOne } from './support/oneByOne';
import { settled } from './support/rows';
import { spanAnswer } from './support/spanAnswer';
import { useWaterfall } from './support/useWaterfall';

describe('the waterfall of a large trace', function () {
  this.timeout(60_000);
  const open = useWaterfall();
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

  for (const count of [10, 1000, 100_000])
    it(`holds no more elements than fit on screen for ${count} spans`, async () => {
      const columns = buildTraceColumns(traceId, generatedTrace(count));
      const { page } = await open({ columns: encodeTraceColumns(columns) }, oneByOne(traceId));
      await page.locator('.row').first().waitFor();
      const inView = Math.ceil((await page.locator('.scroller').boundingBox())!.height / 22) + 1;
      assert.equal(await page.locator('.row').count(), Math.min(count, inView - 1));
      for (const share of [0.25, 0.7, 1, 0]) {
        await page
          .locator('.scroller')
          .evaluate((element, to) => element.scrollTo(0, to * element.scrollHeight), share);
        await settled(page);
        // One more for the row that has the keyboard.
        assert.ok((await page.locator('.row').count()) <= inView + 1);
      }
    });

  it('reaches the last span at the end of the scrollbar', async () => {
    const columns = buildTraceColumns(traceId, generatedTrace(100_000));
    const { page } = await open({ columns: encodeTraceColumns(columns) }, oneByOne(traceId));
    await page.locator('.row').first().waitFor();
    await page.locator('.scroller').evaluate(element => element.scrollTo(0, element.scrollHeight));
    const last = page.locator('.row[aria-rowindex="100001"]');
    await last.waitFor();
    const [row, scroller] = [(await last.boundingBox())!, (await page.locator('.scroller').boundingBox())!];
    // Browsers scroll to whole pixels; the height of the page need not be one.
    assert.ok(Math.abs(row.y + row.height - scroller.y - scroller.height) < 1);
  });

  it('places labels in row order, without gap or overlap, wherever it is scrolled to', async () => {
    const columns = buildTraceColumns(traceId, generatedTrace(100_000));
    const { page } = await open({ columns: encodeTraceColumns(columns) }, oneByOne(traceId));
    await page.locator('.row').first().waitFor();
    for (const top of [7, 11_003, 1_234_567, 900, 1000]) {
      await page.locator('.scroller').evaluate((element, to) => element.scrollTo(0, to), top);
      await settled(page);
      const rows = await page.locator('.row').evaluateAll(elements =>
        elements.map(element => ({
          index: Number(element.getAttribute('aria-rowindex')) - 2,
          y: element.getBoundingClientRect().y - element.closest('.scroller')!.getBoundingClientRect().y,
        })),
      );
      const inView = rows.filter(({ y }) => y > -22 && y < 800);
      for (const { index, y } of inView) assert.equal(y, index * 22 - top);
      assert.deepEqual(
        rows.map(({ index }) => index),
        rows.map(({ index }) => index).sort((a, b) => a - b),
      );
    }
  });

  it('grows in place: selection, keyboard, folds and the row on top stay', async () => {
    const before = buildTraceColumns(traceId, generatedTrace(1000));
    const whole = generatedTrace(1000);
    // Half of the spans have arrived: parents before children, so that the same rows are there afterwards.
    const half = { ...whole, count: 500 };
    const early = buildTraceColumns(traceId, {
      ...half,
      ...Object.fromEntries(
        Object.entries(whole).flatMap(([name, column]) =>
          ArrayBuffer.isView(column) ? [[name, (column as unknown as Uint32Array).subarray(0, 500)]] : [],
        ),
      ),
    });
    const waterfall = await open(
      { columns: encodeTraceColumns(early), span: id => spanAnswer(before, id) },
      oneByOne(traceId),
    );
    const { page } = waterfall;
    await page.locator('.row[aria-expanded="true"]').nth(8).locator('.twistie').click();
    await page.locator('.row[aria-rowindex="6"] .name').click();
    await page.locator('.scroller').evaluate(element => element.scrollTo(0, 2205));
    await settled(page);
    const top = () =>
      page.evaluate(() => {
        const scroller = document.querySelector('.scroller')!.getBoundingClientRect();
        const row = [...document.querySelectorAll('.row')].find(
          element => element.getBoundingClientRect().bottom > scroller.y,
        )!;
        return {
          name: row.querySelector('.label')?.getAttribute('title')?.split('\n').slice(0, 2),
          y: row.getBoundingClientRect().y - scroller.y,
        };
      });
    await waterfall.until(async () => (await waterfall.state()).collapsed.length === 1);
    const state = await waterfall.state();
    const earlyTop = await top();
    assert.equal(earlyTop.y, -5, 'it is scrolled');
    const rowBefore = await page.locator('.row.selected').getAttribute('data-row');
    await waterfall.send({ type: 'snapshot', columns: encodeTraceColumns(before) });
    await page.getByText('1,000 spans').waitFor();
    await settled(page);
    assert.deepEqual(await top(), earlyTop);
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-row'));
    assert.equal(focused, await page.locator('.row.selected').getAttribute('data-row'));
    assert.equal(spanIdAt(early, Number(rowBefore)), spanIdAt(before, Number(focused)));
    assert.deepEqual((await waterfall.state()).collapsed, state.collapsed);
  });
});
