import assert from 'node:assert/strict';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import { rowNamed, settled } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer } from './support/spanAnswer';
import { themeNames } from './support/themes';
import { useWaterfall } from './support/useWaterfall';
import { violations } from './support/violations';

describe('axe finds nothing in the other views', function () {
  this.timeout(120_000);
  const columns = shopTrace();
  const shop = {
    columns: encodeTraceColumns(columns),
    span: (id: string) => spanAnswer(columns, id),
    ask: () => ({
      spans: Array.from(
        { length: columns.count },
        (_, row) => spanAnswer(columns, spanIdAt(columns, row)).span,
      ),
      total: columns.count,
    }),
  };
  const open = useWaterfall();

  for (const theme of themeNames)
    for (const width of [1200, 600])
      it(`in ${theme} at ${width} px`, async () => {
        const { page } = await open(shop, { theme, width });
        await rowNamed(page, 'POST /orders').locator('.name').click();
        const check = async (view: string) => {
          await settled(page);
          assert.deepEqual(await violations(page), [], view);
          if (process.env['SHOTS'])
            await page.screenshot({ path: `${process.env['SHOTS']}/${theme}-${width}-${view}.png` });
        };
        await page.keyboard.press('v');
        await page.getByRole('tree').waitFor();
        await check('flame');
        await page.keyboard.press('v');
        await page.getByRole('grid').waitFor();
        await check('spans');
        await page.getByRole('tab', { name: 'Operations' }).click();
        await check('operations');
        await page.keyboard.press('v');
        await page.locator('.json-line').first().waitFor();
        await check('json');
      });
});
