import type { Browser, Page } from 'playwright-core';
import { median, type BenchRow } from '../../../bench/lib/measure';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../../src/core/columns/encodeTraceColumns';
import { generatedTrace, type TraceShape } from '../support/generatedTrace';
import { openWaterfall } from '../support/waterfallPage';
import { holdColumns, openHeld } from './heldColumns';
import { spansText, traceId, type Size } from './sizes';

const runs = 5;

/** Keys with what they do, in an order in which each of them has something to do. */
const presses: readonly (readonly [key: string, does: string])[] = [
  ['c', 'collapse to one level'],
  ['C', 'expand all'],
  ['r', 'fold repeats'],
  ['r', 'unfold repeats'],
  ['p', 'critical path only'],
  ['p', 'all spans again'],
  ['H', 'hide an operation'],
];

/** From the press of a key to the frame in which what it does is painted; and the longest stop of the page after it. */
export async function benchOperations(browser: Browser, size: Size, shape: TraceShape): Promise<BenchRow[]> {
  const waterfall = await openWaterfall(browser, {});
  const { page } = waterfall;
  await waterfall.message('ready');
  await holdColumns(page, encodeTraceColumns(buildTraceColumns(traceId, generatedTrace(size.count, shape))));
  await openHeld(page);
  await page.locator('.row .name').nth(1).click();
  const times = new Map<string, { painted: number[]; stopped: number[] }>();
  const keep = (does: string, { painted, stopped }: Press): void => {
    const of = times.get(does) ?? { painted: [], stopped: [] };
    times.set(does, { painted: [...of.painted, painted], stopped: [...of.stopped, stopped] });
  };
  for (let run = 0; run < runs; run++) {
    for (const [key, does] of presses) {
      // What is hidden is shown again: by its chip.
      if (key === 'H') await page.locator('.row .name').nth(1).click();
      keep(does, await pressed(page, key));
    }
    await page.locator('.chip').first().click();
    await page.locator('.row .name').nth(2).click();
    keep('re-root', await pressed(page, 'o'));
    keep('back to the whole trace', await pressed(page, 'O'));
  }
  await waterfall.close();
  const stops = [...times.values()].map(({ stopped }) => median(stopped));
  return [
    ...[...times].map(([does, { painted }]) => row(`${spansText(size, shape)}: ${does}`, median(painted))),
    row(`${spansText(size, shape)}: longest stop in the half second after any of these`, Math.max(...stops)),
  ];
}

function row(name: string, value: number): BenchRow {
  return { name, value, unit: 'ms', reference: '', ratio: NaN, target: '< 100 ms' };
}

interface Press {
  readonly painted: number;
  readonly stopped: number;
}

/** Both in ms. The page is watched for half a second after the press: what was chosen is saved in that time. */
function pressed(page: Page, key: string): Promise<Press> {
  return page.evaluate(async key => {
    const element = document.activeElement;
    if (!element?.closest('[role=treegrid]')) throw new Error(`no row has the keyboard for ${key}`);
    const start = performance.now();
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    // A task after the next frame: that frame has been painted.
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const painted = performance.now() - start;
    let stopped = 0;
    for (let last = performance.now(); last < start + painted + 500;) {
      await new Promise(done => setTimeout(done, 4));
      const now = performance.now();
      stopped = Math.max(stopped, now - last - 4);
      last = now;
    }
    return { painted, stopped };
  }, key);
}
