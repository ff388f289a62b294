import type { Browser } from 'playwright-core';
import { formatNumber, median, type BenchRow } from '../../../bench/lib/measure';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../../src/core/columns/encodeTraceColumns';
import type { TraceColumns } from '../../../src/core/columns/traceColumns';
import { generatedTrace, type TraceShape } from '../support/generatedTrace';
import { openWaterfall } from '../support/waterfallPage';
import type { CollectorBridge } from './collectorBridge';
import { holdColumns, openHeld } from './heldColumns';
import { spansText, traceId, type Size } from './sizes';

const runs = 5;

/** From the message with the columns to painted rows, against JSON.parse of the same rows alone. */
export async function benchOpen(browser: Browser, size: Size, shape: TraceShape): Promise<BenchRow> {
  const columns = buildTraceColumns(traceId, generatedTrace(size.count, shape));
  const buffer = encodeTraceColumns(columns);
  const json = JSON.stringify(jsonRows(columns));
  const opens: number[] = [];
  const parses: number[] = [];
  for (let run = 0; run < runs; run++) {
    const waterfall = await openWaterfall(browser, {});
    await waterfall.message('ready');
    await holdColumns(waterfall.page, buffer);
    opens.push(await openHeld(waterfall.page));
    parses.push(timeParse(json));
    await waterfall.close();
  }
  const parse = median(parses);
  return {
    name: `${spansText(size, shape)}: columns in the page to painted rows`,
    value: median(opens),
    unit: 'ms',
    reference: `JSON.parse of the rows: ${formatNumber(parse)}`,
    ratio: parse / median(opens),
    target: size.openTarget,
  };
}

/**
 * From the question to painted rows: a collector process reads the store, builds tree, critical path and columns, and
 * sends them over its socket to the program that asked, which hands them to the page over another.
 */
export async function benchOpenFromCollector(
  browser: Browser,
  bridge: CollectorBridge,
  size: Size,
): Promise<BenchRow[]> {
  const stored = await bridge.fill(size.count);
  const opens: number[] = [];
  for (let run = 0; run < runs; run++) {
    await bridge.grow(stored);
    const waterfall = await openWaterfall(browser, {}, { bypassCsp: true });
    await waterfall.message('ready');
    // Chromium asks before a page of another host may reach this machine's own ports.
    await waterfall.page.context().grantPermissions(['local-network-access']);
    opens.push(await waterfall.page.evaluate(fetchAndPaint, bridge.urlOf(stored)));
    await waterfall.close();
  }
  const bytes = bridge.lastBytes / 2 ** 20;
  return [
    {
      name: `${size.name} spans: question to the collector to painted rows`,
      value: median(opens),
      unit: 'ms',
      reference: '',
      ratio: NaN,
      target: size.openTarget,
    },
    {
      name: `${size.name} spans: what crosses to the page`,
      value: bytes,
      unit: 'MiB',
      reference: '',
      ratio: NaN,
      target: size.bytesTarget,
    },
  ];
}

async function fetchAndPaint(url: string): Promise<number> {
  const start = performance.now();
  const columns = await (await fetch(url)).arrayBuffer();
  return new Promise(done => {
    new MutationObserver((_, observer) => {
      if (document.querySelector('.row') === null) return;
      observer.disconnect();
      // A task after the next frame: that frame has been painted.
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    }).observe(document.body, { childList: true, subtree: true });
    window.postMessage({ type: 'snapshot', columns }, '*', [columns]);
  });
}

/** In this process: the engine is the same, and the text is too large to send. */
function timeParse(json: string): number {
  const start = performance.now();
  JSON.parse(json);
  return performance.now() - start;
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
