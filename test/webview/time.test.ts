import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { buildTraceColumns } from '../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { spanIdAt } from '../../src/core/columns/spanIdAt';
import { SpanKind } from '../../src/core/model/span';
import { SpanFeature } from '../../src/core/tree/spanTable';
import { trace } from '../fixtures/traces';
import { rowNamed, settled } from './support/rows';
import { useWaterfall } from './support/useWaterfall';

const ms = 1e6;

describe('moving in time', function () {
  this.timeout(120_000);
  const columns = buildTraceColumns(
    'ab'.repeat(16),
    trace([
      'GET /',
      { kind: SpanKind.Client, end: 1000 * ms },
      [
        [
          'handle',
          {
            kind: SpanKind.Server,
            service: 'server',
            start: 20 * ms,
            end: 990 * ms,
            features: SpanFeature.Events | SpanFeature.Exception,
          },
          [
            ['first', { start: 20 * ms, end: 100 * ms }],
            ['second', { start: 800 * ms, end: 980 * ms }],
          ],
        ],
      ],
    ]),
  );
  const base = columns.base;
  const events = {
    spans: [
      {
        spanId: spanIdAt(columns, 1),
        events: [
          { timeUnixNano: String(base + BigInt(60 * ms)), name: 'cache.miss' },
          { timeUnixNano: String(base + BigInt(500 * ms)), name: 'exception' },
        ],
        more: 0,
      },
    ],
  };
  const open = useWaterfall();
  const host = {
    columns: encodeTraceColumns(columns),
    ask: ({ method }: { method: string }) => (method === 'spanEvents' ? events : undefined),
  };
  /** A waterfall with the row `second` selected by the keyboard. */
  const show = async () => {
    const waterfall = await open(host);
    await rowNamed(waterfall.page, 'second').locator('.name').click();
    await settled(waterfall.page);
    return waterfall;
  };
  const range = async (page: Page) => {
    const ends = ['Start', 'End'].map(end =>
      page.getByRole('slider', { name: `${end} of the visible time` }).getAttribute('aria-valuenow'),
    );
    return (await Promise.all(ends)).map(value => Math.round(Number(value) / ms));
  };
  const press = async (page: Page, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    await settled(page);
  };

  it('zooms in and out again to where it was, and pans, by keys', async () => {
    const { page } = await show();
    await press(page, 'w', 'w', 'w');
    const near = await range(page);
    assert.ok(near[0]! > 400 && near[1]! <= 1000 && near[1]! - near[0]! < 520, String(near));
    await press(page, 'a');
    assert.ok((await range(page))[0]! < near[0]!);
    await press(page, 'Shift+ArrowRight');
    assert.deepEqual(await range(page), near);
    await press(page, 's', 's', 's');
    assert.deepEqual(await range(page), [0, 1000]);
  });

  it('fits the selected span at f, and the trace at 0', async () => {
    const { page } = await show();
    await press(page, 'f');
    assert.deepEqual(await range(page), [791, 989]);
    await press(page, '0');
    assert.deepEqual(await range(page), [0, 1000]);
  });

  it('shows what a drag across the minimap marks, and everything at a double click', async () => {
    const { page } = await show();
    const box = (await page.locator('.minimap').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.25, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 25, { steps: 4 });
    await page.mouse.up();
    await settled(page);
    const [start, end] = await range(page);
    assert.ok(Math.abs(start! - 245) < 8 && Math.abs(end! - 500) < 8, `${start} ${end}`);
    await page.mouse.dblclick(box.x + box.width * 0.8, box.y + 20);
    await settled(page);
    assert.deepEqual(await range(page), [0, 1000]);
  });

  it('shows what a drag along the ruler marks', async () => {
    const { page } = await show();
    const box = (await page.locator('.column-time').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + 10, { steps: 4 });
    await page.mouse.up();
    await settled(page);
    const [start, end] = await range(page);
    assert.ok(Math.abs(start! - 500) < 20 && Math.abs(end! - 755) < 20, `${start} ${end}`);
  });

  it('moves the ends of the view by the keys of a slider', async () => {
    const { page } = await show();
    const start = page.getByRole('slider', { name: 'Start of the visible time' });
    await start.focus();
    await press(page, 'PageUp', 'ArrowRight');
    assert.deepEqual(await range(page), [110, 1000]);
    assert.equal(await start.getAttribute('aria-valuetext'), '110 ms');
    await page.getByRole('slider', { name: 'End of the visible time' }).focus();
    await press(page, 'PageDown', 'ArrowLeft');
    assert.deepEqual(await range(page), [110, 890]);
    await press(page, '0');
    assert.deepEqual(await range(page), [0, 1000]);
  });

  it('drags an end of the view, and the view by its grip', async () => {
    const { page } = await show();
    const box = (await page.locator('.minimap').boundingBox())!;
    const drag = async (from: { x: number; y: number }, by: number) => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + by, from.y, { steps: 4 });
      await page.mouse.up();
      await settled(page);
    };
    const handle = (await page.locator('.range-handle.end').boundingBox())!;
    await drag({ x: handle.x + 3, y: handle.y + 20 }, -box.width / 2);
    const [, end] = await range(page);
    assert.ok(Math.abs(end! - 495) < 20, String(end));
    const grip = (await page.locator('.minimap-grip').boundingBox())!;
    await drag({ x: grip.x + grip.width / 2, y: grip.y + 3 }, box.width / 4);
    const [start, later] = await range(page);
    assert.ok(Math.abs(start! - 255) < 20 && later! - start! === end!, `${start} ${later}`);
  });

  it('squeezes what is idle at q, says so, and keeps it over a reload', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    const button = page.getByRole('button', { name: /^Squeeze what is idle/ });
    const picture = () =>
      page.evaluate(() => document.querySelector<HTMLCanvasElement>('canvas.time')!.toDataURL());
    const before = await picture();
    await press(page, 'q');
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    await page.getByText('Idle time squeezed: 690 ms skipped in 1 place.').waitFor({ state: 'attached' });
    assert.notEqual(await picture(), before);
    await waterfall.until(async () => (await waterfall.state()).options.squeeze);
    await button.click();
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    await settled(page);
    await page.mouse.move(5, 5);
    await settled(page);
    assert.deepEqual(await range(page), [0, 1000]);
  });

  it('tells the time under the pointer, and the event that it points at', async () => {
    const waterfall = await show();
    const { page } = waterfall;
    await waterfall.message('ask');
    const canvas = (await page.locator('canvas.time').boundingBox())!;
    const row = (await rowNamed(page, 'handle').boundingBox())!;
    const x = (time: number) => canvas.x + 8 + ((canvas.width - 16) * time) / 1000;
    const label = page.locator('.cursor-time');
    await page.mouse.move(x(300), row.y + 10);
    await waterfall.until(async () => /^\d+ ms$/.test((await label.textContent()) ?? ''));
    assert.ok(Math.abs(Number.parseInt((await label.textContent()) ?? '') - 300) <= 3);
    await waterfall.until(async () => {
      await page.mouse.move(x(500), row.y + 11);
      await page.mouse.move(x(500), row.y + 10);
      return ((await label.textContent()) ?? '').endsWith('· exception');
    });
    await page.mouse.move(5, 5);
    assert.equal(await label.isVisible(), false);
  });
});
