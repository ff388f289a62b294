import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../../scripts/editor/browser.mjs';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../../src/core/columns/encodeTraceColumns';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { generatedTrace } from '../support/generatedTrace';
import { openWaterfall } from '../support/waterfallPage';
import { formatNumber, median, type BenchRow } from '../../../bench/lib/measure';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const runs = 5;
const frames = 150;

/**
 * The waterfall in Chromium (headless, software raster): from the message with the columns to painted rows, against
 * JSON.parse of the same rows alone; and what the main thread does for a frame of scrolling, against a frame at 60 Hz.
 */
export async function benchWaterfall(): Promise<BenchRow[]> {
  const browser = await openBrowser();
  try {
    const rows: BenchRow[] = [];
    for (const [name, count, target] of [
      ['10k', 10_000, '< 150 ms'],
      ['100k', 100_000, '< 500 ms'],
      ['1M', 1_000_000, '< 3000 ms'],
    ] as const) {
      const columns = buildTraceColumns(traceId, generatedTrace(count));
      const buffer = encodeTraceColumns(columns);
      rows.push(await benchOpen(browser, name, columns, buffer, target));
      for (const pixels of [66, 880, 22_000]) rows.push(await benchScroll(browser, name, buffer, pixels));
    }
    return rows;
  } finally {
    await browser.close();
  }
}

async function benchOpen(
  browser: Browser,
  name: string,
  columns: TraceColumns,
  buffer: ArrayBuffer,
  target: string,
): Promise<BenchRow> {
  const opens: number[] = [];
  const parses: number[] = [];
  const json = JSON.stringify(jsonRows(columns));
  for (let run = 0; run < runs; run++) {
    const waterfall = await openWaterfall(browser, {});
    const { page } = waterfall;
    await waterfall.message('ready');
    await holdBuffer(page, buffer);
    opens.push(await page.evaluate(openAndPaint));
    parses.push(timeParse(json));
    await waterfall.close();
  }
  const parse = median(parses);
  return {
    name: `${name} spans: columns in the page to painted rows`,
    value: median(opens),
    unit: 'ms',
    reference: `JSON.parse of the rows: ${formatNumber(parse)}`,
    ratio: parse / median(opens),
    target,
  };
}

async function benchScroll(
  browser: Browser,
  name: string,
  buffer: ArrayBuffer,
  pixels: number,
): Promise<BenchRow> {
  const waterfall = await openWaterfall(browser, {});
  const { page } = waterfall;
  await waterfall.message('ready');
  await holdBuffer(page, buffer);
  await page.evaluate(openAndPaint);
  const work = (await page.evaluate(scrollFrames, { frames, pixels })).sort((a, b) => a - b);
  await waterfall.close();
  const p95 = work[Math.floor(work.length * 0.95)] ?? NaN;
  return {
    name: `${name} spans: script, style and layout of a frame, p95, ${pixels} px a frame`,
    value: p95,
    unit: 'ms',
    reference: 'a frame at 60 Hz: 16.7',
    ratio: 16.7 / p95,
    target: '< 8 ms',
  };
}

/** The buffer as it is when a message has brought it, sent in pieces: a hundred megabytes at once end the connection. */
async function holdBuffer(page: Page, buffer: ArrayBuffer): Promise<void> {
  const piece = 3 * 1024 * 1024;
  await page.evaluate(size => Object.assign(window, { columns: new ArrayBuffer(size) }), buffer.byteLength);
  for (let offset = 0; offset < buffer.byteLength; offset += piece) {
    const base64 = Buffer.from(buffer, offset, Math.min(piece, buffer.byteLength - offset)).toString(
      'base64',
    );
    await page.evaluate(
      ({ base64, offset }) => {
        const { columns } = window as unknown as { columns: ArrayBuffer };
        new Uint8Array(columns).set(
          Uint8Array.from(atob(base64), character => character.charCodeAt(0)),
          offset,
        );
      },
      { base64, offset },
    );
  }
}

function openAndPaint(): Promise<number> {
  const { columns } = window as unknown as { columns: ArrayBuffer };
  return new Promise(done => {
    const start = performance.now();
    new MutationObserver((_, observer) => {
      if (document.querySelector('.row') === null) return;
      observer.disconnect();
      // A task after the next frame: that frame has been painted.
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    }).observe(document.body, { childList: true, subtree: true });
    window.postMessage({ type: 'snapshot', columns }, '*');
  });
}

/** In this process: the engine is the same, and the text is too large to send. */
function timeParse(json: string): number {
  const start = performance.now();
  JSON.parse(json);
  return performance.now() - start;
}

/** Milliseconds of each frame's callbacks and of the style and layout that they cause. */
async function scrollFrames({ frames, pixels }: { frames: number; pixels: number }): Promise<number[]> {
  const scroller = document.querySelector('.scroller');
  const times: number[] = [];
  const next = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = callback =>
    next(time => {
      const start = performance.now();
      callback(time);
      document.body.getBoundingClientRect();
      times.push(performance.now() - start);
    });
  for (let frame = 0; frame < frames; frame++) {
    const end = scroller === null ? 0 : scroller.scrollHeight - scroller.clientHeight;
    scroller?.scrollTo(0, ((frame + 1) * pixels) % end);
    await new Promise(done => next(() => setTimeout(done)));
  }
  return times;
}

function jsonRows({
  count,
  strings,
  name,
  service,
  start,
  spanDuration,
  parent,
  status,
}: TraceColumns): unknown[] {
  return Array.from({ length: count }, (_, row) => ({
    spanId: row.toString(16).padStart(16, '0'),
    parent: parent[row],
    name: strings[name[row] ?? 0],
    service: strings[service[row] ?? 0],
    start: start[row],
    duration: spanDuration[row],
    status: status[row],
  }));
}
