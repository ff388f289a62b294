import assert from 'node:assert/strict';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { settled } from './support/rows';
import { shopTrace } from './support/shopTrace';
import { spanAnswer } from './support/spanAnswer';
import { useWaterfall } from './support/useWaterfall';

describe('the flame graph', function () {
  this.timeout(60_000);
  const columns = shopTrace();
  const shop = { columns: encodeTraceColumns(columns), span: (id: string) => spanAnswer(columns, id) };
  const open = useWaterfall();

  const show = async () => {
    const waterfall = await open(shop);
    const { page } = waterfall;
    await page.getByRole('button', { name: 'Flame graph' }).click();
    const tree = page.getByRole('tree');
    await tree.waitFor();
    const item = async () => {
      await settled(page);
      return (await page.getByRole('treeitem').textContent()) ?? '';
    };
    return { ...waterfall, tree, item };
  };

  it('is walked by keyboard: down to children, up to the parent, sideways to siblings', async () => {
    const { page, tree, item } = await show();
    await tree.focus();
    const walk: readonly (readonly [key: string, name: string, level: string])[] = [
      ['ArrowDown', 'POST /checkout', '1'],
      ['ArrowDown', 'auth.verify', '2'],
      ['ArrowRight', 'rate_limit.check', '2'],
      ['ArrowRight', 'POST orders.internal/orders', '2'],
      ['ArrowRight', 'POST orders.internal/orders', '2'],
      ['ArrowLeft', 'rate_limit.check', '2'],
      ['ArrowUp', 'POST /checkout', '1'],
      ['e', 'POST orders.internal/orders', '2'],
      ['Home', 'POST /checkout', '1'],
    ];
    for (const [key, name, level] of walk) {
      await page.keyboard.press(key);
      assert.ok((await item()).startsWith(`${name}, `), `${key}: ${await item()}`);
      const active = page.locator(`#${await tree.getAttribute('aria-activedescendant')}`);
      assert.equal(await active.getAttribute('aria-level'), level);
    }
  });

  it('makes faint what does not match a search, says so of what does, and has the chosen colours', async () => {
    const { page, tree, item } = await show();
    /** The pixels of a piece of the root and of the first lane below it, to the right of their names. */
    const fills = async () => {
      await settled(page);
      return page.locator('.flame-canvas').evaluate((canvas: HTMLCanvasElement) => {
        const ratio = canvas.width / canvas.clientWidth;
        return [24, 44].map(y => {
          // Of a copy: a canvas that is read back often is drawn without the graphics processor.
          const copy = new OffscreenCanvas(30, 12).getContext('2d')!;
          copy.drawImage(canvas, 300 * ratio, (y + 3) * ratio, 30, 12, 0, 0, 30, 12);
          return copy.getImageData(0, 0, 30, 12).data.join();
        });
      });
    };
    const plain = await fills();
    await page.locator('.find-input').fill('name = "POST /checkout"');
    await page.locator('.find-count', { hasText: 'match' }).waitFor();
    const found = await fills();
    assert.equal(found[0], plain[0]);
    assert.notEqual(found[1], plain[1]);
    await page.locator('.find-input').press('Enter');
    assert.match(await item(), /^POST \/checkout, gateway, match, 413 ms/);
    await tree.focus();
    await page.keyboard.press('ArrowDown');
    assert.doesNotMatch(await item(), /match/);
    await page.locator('.find-input').fill('');
    await page.locator('.find-count', { hasText: 'match' }).waitFor({ state: 'detached' });
    assert.deepEqual(await fills(), plain);
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption('status');
    assert.notDeepEqual(await fills(), plain);
  });

  it('selects what is clicked, says what is under the pointer, and fits what is clicked twice', async () => {
    const { page, tree, item } = await show();
    const box = (await tree.boundingBox())!;
    // The root is the first lane below the ruler; half of its width is inside of it.
    await page.mouse.move(box.x + box.width / 2, box.y + 24 + 8);
    await page.locator('.flame-tip').getByText('POST /checkout').waitFor();
    await page.mouse.click(box.x + box.width / 2, box.y + 24 + 28);
    assert.match(await item(), /^POST orders.internal\/orders, gateway, 396 ms, .*on the critical path/);
    // chargeCard, in the fourth lane, takes a little more than half of the trace.
    await page.mouse.dblclick(box.x + box.width / 2, box.y + 24 + 68);
    assert.match(await item(), /^chargeCard/);
    await page.getByRole('button', { name: 'Show the whole trace' }).click();
    await page.getByRole('button', { name: 'Show the whole trace' }).waitFor({ state: 'detached' });
  });

  it('draws errors, the critical path and the selection on its canvas', async () => {
    const { page, tree } = await show();
    const picture = () =>
      page
        .locator('.flame-canvas')
        .evaluate(canvas => canvas instanceof HTMLCanvasElement && canvas.toDataURL());
    await settled(page);
    const before = await picture();
    await tree.focus();
    await page.keyboard.press('e');
    await settled(page);
    assert.notEqual(await picture(), before);
  });
});
