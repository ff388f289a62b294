import type { Browser, Page } from 'playwright-core';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../../src/core/columns/encodeTraceColumns';
import type { BenchRow } from '../../../bench/lib/measure';
import { generatedTrace, type TraceShape } from '../support/generatedTrace';
import { openWaterfall } from '../support/waterfallPage';
import { holdColumns, openHeld } from './heldColumns';
import { spansText, traceId, type Size } from './sizes';

const frames = 150;
const frameAt60Hz = 16.7;

/** What the main thread does for a frame of scrolling, zooming and panning, against a frame at 60 Hz. */
export async function benchFrames(browser: Browser, size: Size, shape: TraceShape): Promise<BenchRow[]> {
  const waterfall = await openWaterfall(browser, {});
  const { page } = waterfall;
  await waterfall.message('ready');
  await holdColumns(page, encodeTraceColumns(buildTraceColumns(traceId, generatedTrace(size.count, shape))));
  await openHeld(page);
  await page.evaluate(timeFrames);
  const rows: BenchRow[] = [];
  for (const [name, move] of movements) {
    await move(page);
    const times = (await page.evaluate(takeTimes)).sort((a, b) => a - b);
    const p95 = times[Math.floor(times.length * 0.95)] ?? NaN;
    const longest = times.at(-1) ?? NaN;
    rows.push(
      {
        name: `${spansText(size, shape)}: a frame of ${name}, p95`,
        value: p95,
        unit: 'ms',
        reference: `a frame at 60 Hz: ${frameAt60Hz}`,
        ratio: frameAt60Hz / p95,
        target: '< 16 ms',
      },
      {
        name: `${spansText(size, shape)}: a frame of ${name}, the longest`,
        value: longest,
        unit: 'ms',
        reference: `a frame at 60 Hz: ${frameAt60Hz}`,
        ratio: frameAt60Hz / longest,
        target: '< 50 ms',
      },
    );
  }
  await waterfall.close();
  return rows;
}

const movements: readonly (readonly [name: string, move: (page: Page) => Promise<void>])[] = [
  ['scrolling by rows', page => page.evaluate(scrollBy, { frames, pixels: 66 })],
  ['scrolling by pages', page => page.evaluate(scrollBy, { frames, pixels: 880 })],
  ['scrolling by thousands', page => page.evaluate(scrollBy, { frames, pixels: 22_000 })],
  // Two thirds in, then out again, past the whole trace.
  ['zooming', page => page.evaluate(turnWheel, { frames, turns: [...zoomIn, ...zoomOut], ctrlKey: true })],
  [
    'panning',
    async page => {
      await page.evaluate(turnWheel, { frames: 10, turns: [-300], ctrlKey: true });
      await page.evaluate(takeTimes);
      await page.evaluate(turnWheel, { frames, turns: [40, 40, 40, -30, -30], ctrlKey: false });
    },
  ],
];
const zoomIn: readonly number[] = Array.from({ length: 50 }, () => -100);
const zoomOut: readonly number[] = Array.from({ length: 50 }, () => 100);

/** From now on the page keeps the milliseconds of each frame's callbacks and of the style and layout that they cause. */
function timeFrames(): void {
  const times: number[] = [];
  Object.assign(window, { frameTimes: times });
  const next = window.requestAnimationFrame.bind(window);
  Object.assign(window, { nextFrame: next });
  window.requestAnimationFrame = callback =>
    next(time => {
      const start = performance.now();
      callback(time);
      document.body.getBoundingClientRect();
      times.push(performance.now() - start);
    });
}

function takeTimes(): number[] {
  const { frameTimes } = window as unknown as { frameTimes: number[] };
  return frameTimes.splice(0);
}

async function scrollBy({ frames, pixels }: { frames: number; pixels: number }): Promise<void> {
  const { nextFrame } = window as unknown as { nextFrame: typeof requestAnimationFrame };
  const scroller = document.querySelector('.scroller');
  scroller?.scrollTo(0, 0);
  for (let frame = 0; frame < frames; frame++) {
    const end = scroller === null ? 0 : scroller.scrollHeight - scroller.clientHeight;
    scroller?.scrollTo(0, ((frame + 1) * pixels) % end);
    await new Promise(done => nextFrame(() => setTimeout(done)));
  }
  scroller?.scrollTo(0, 0);
}

/** One event a frame over the middle of the time column, `turns` again and again. */
async function turnWheel({
  frames,
  turns,
  ctrlKey,
}: {
  frames: number;
  turns: readonly number[];
  ctrlKey: boolean;
}): Promise<void> {
  const { nextFrame } = window as unknown as { nextFrame: typeof requestAnimationFrame };
  const box = document.querySelector('canvas.time')?.getBoundingClientRect();
  if (!box) throw new Error('there is no time column');
  for (let frame = 0; frame < frames; frame++) {
    document.querySelector('.scroller')?.dispatchEvent(
      new WheelEvent('wheel', {
        deltaY: turns[frame % turns.length] ?? 0,
        clientX: box.x + box.width / 2,
        clientY: box.y + box.height / 2,
        ctrlKey,
        shiftKey: !ctrlKey,
        bubbles: true,
        cancelable: true,
      }),
    );
    await new Promise(done => nextFrame(() => setTimeout(done)));
  }
}
