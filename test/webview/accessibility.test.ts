import assert from 'node:assert/strict';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import { logRecord, pageOf } from './support/logRecords';
import { rowNamed } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer, text } from './support/spanAnswer';
import { themeNames } from './support/themes';
import { violations } from './support/violations';
import { useWaterfall } from './support/useWaterfall';
import type { FakeHost, WaterfallPage } from './support/waterfallPage';

describe('axe finds nothing', function () {
  this.timeout(120_000);
  const columns = shopTrace();
  const shop: FakeHost = { columns: encodeTraceColumns(columns), span: id => spanAnswer(columns, id) };
  const open = useWaterfall();
  const logsOfEverySeverity = Array.from({ length: 25 }, (_, severityNumber) =>
    logRecord(`record ${severityNumber}`, columns.base - 1n, {
      severityNumber,
      attributes: [text('thread.name', 'main')],
      spanId: spanIdAt(columns, severityNumber % 3),
    }),
  );

  const states: readonly (readonly [
    state: string,
    host: FakeHost,
    act: (waterfall: WaterfallPage) => Promise<void>,
  ])[] = [
    ['nothing is selected', shop, ({ page }) => rowNamed(page, 'POST /checkout').waitFor()],
    [
      'a failed span is selected and a subtree folded',
      shop,
      async ({ page }) => {
        await rowNamed(page, 'reserveStock').locator('.twistie').click();
        await rowNamed(page, 'chargeCard').locator('.name').click();
        await page.getByRole('button', { name: /Open throwing line/ }).waitFor();
        await page.getByText('map of 2').click();
        await page.getByText('Resource', { exact: true }).click();
        await page.getByText('Scope', { exact: true }).click();
      },
    ],
    [
      'log records of every severity are shown',
      { ...shop, logs: page => pageOf(logsOfEverySeverity, page) },
      async ({ page }) => {
        await rowNamed(page, 'POST /checkout').locator('.name').click();
        await page.getByRole('heading', { name: 'Logs of the trace' }).waitFor();
        await page.getByText('1 attribute', { exact: true }).first().click();
      },
    ],
    [
      'the keys are listed',
      shop,
      async ({ page }) => {
        await rowNamed(page, 'POST /checkout').focus();
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      },
    ],
    [
      'the span cannot be read',
      { ...shop, span: () => 'The collector is away.' },
      async ({ page }) => {
        await rowNamed(page, 'auth.verify').locator('.name').click();
        await page.getByText('The collector is away.').waitFor();
      },
    ],
    [
      'the trace cannot be read',
      {},
      async waterfall => {
        await waterfall.message('ready');
        await waterfall.send({ type: 'unavailable', message: 'The trace is not stored yet.', retry: true });
        await waterfall.page.getByRole('button', { name: 'Retry' }).waitFor();
      },
    ],
  ];
  for (const theme of themeNames)
    for (const [state, host, act] of states)
      it(`in ${theme} when ${state}`, async () => {
        const waterfall = await open(host, { theme });
        await act(waterfall);
        assert.deepEqual(await violations(waterfall.page), []);
      });

  it('on a page of 600 px', async () => {
    const { page } = await open(shop, { width: 600 });
    await rowNamed(page, 'POST /checkout').locator('.name').click();
    assert.deepEqual(await violations(page), []);
  });
});
