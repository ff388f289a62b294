import assert from 'node:assert/strict';
import { eventually } from '../support/eventually';
import type { OpenPage } from './readingPage';

/** Moving in time, and what is drawn on it. */
export function timeCases(open: OpenPage): void {
  it('zooms, pans and fits by keys', async () => {
    const reading = open();
    await reading.press('layout', 'f');
    await reading.ranges((start, end) => start > 800 && start <= 820 && end >= 900 && end < 920, 'the fit');
    const [start, end] = await reading.range();
    await reading.keys('s');
    await reading.ranges((from, to) => from < start && to > end, 'more time after s');
    await reading.keys('w');
    await reading.ranges((from, to) => from === start && to === end, 'the same time after w');
    await reading.keys('a');
    await reading.ranges(from => from < start, 'an earlier time after a');
    await reading.keys('d');
    await reading.ranges(from => from === start, 'the same time after d');
    await reading.keys('0');
    await reading.ranges((from, to) => from === 0 && to === 1000, 'the whole trace');
  });

  it('zooms to what is brushed on the minimap, and fits at a double click', async () => {
    const reading = open();
    const box = await reading.view.locator('.minimap').boundingBox();
    assert.ok(box);
    const { mouse } = reading.page;
    await mouse.move(box.x + box.width * 0.25, box.y + 20);
    await mouse.down();
    await mouse.move(box.x + box.width * 0.5, box.y + 25, { steps: 4 });
    await mouse.up();
    await reading.ranges((start, end) => start > 220 && start < 270 && end > 480 && end < 520, 'the brush');
    await mouse.dblclick(box.x + box.width * 0.8, box.y + 20);
    await reading.ranges((start, end) => start === 0 && end === 1000, 'the whole trace');
  });

  it('squeezes idle time at q, and says how much', async () => {
    const reading = open();
    await reading.press('render', 'q');
    const squeezed = reading.button(/^Squeeze what is idle: [\d.]+ ms skipped in \d places?$/);
    await squeezed.and(reading.view.locator('[aria-pressed="true"]')).click();
    await reading.button('Squeeze what is idle').waitFor();
  });

  it('names the event under the pointer, and its exception in the row', async () => {
    const reading = open();
    await reading.view.getByRole('row', { name: /^layout .*has an exception/ }).waitFor();
    const canvas = await reading.view.locator('canvas.time').boundingBox();
    const row = await reading.row('layout').boundingBox();
    assert.ok(canvas && row);
    // 8 pixels are left free at either end.
    const x = canvas.x + 8 + (canvas.width - 16) * 0.86;
    const label = async () => {
      await reading.page.mouse.move(x, row.y + 11);
      await reading.page.mouse.move(x, row.y + 10);
      return (await reading.view.locator('.cursor-time').textContent()) ?? '';
    };
    await eventually(label, text => text.endsWith('· exception'), { what: 'the event at the cursor' });
  });
}
