import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { buildTraceColumns } from '../../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../../src/core/columns/encodeTraceColumns';
import type { BenchRow } from '../../../bench/lib/measure';
import { generatedTrace, type TraceShape } from '../support/generatedTrace';
import { openWaterfall } from '../support/waterfallPage';
import { holdColumns, openHeld } from './heldColumns';
import { spansText, traceId, type Size } from './sizes';

const mebibyte = 2 ** 20;

/**
 * Memory of the page that shows a trace: of the process that renders it where the system tells (its resident memory,
 * the browser's own code included), else JavaScript's heap and buffers.
 */
export async function benchMemory(browser: Browser, size: Size, shape: TraceShape): Promise<BenchRow[]> {
  const waterfall = await openWaterfall(browser, {});
  const { page } = waterfall;
  await waterfall.message('ready');
  const session = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = heapUsage(await session.send('Runtime.getHeapUsage'));
    return (usedSize + backingStorageSize) / mebibyte;
  };
  const empty = await heap();
  await holdColumns(page, encodeTraceColumns(buildTraceColumns(traceId, generatedTrace(size.count, shape))));
  await openHeld(page);
  const shown = await heap();
  const resident = await rendererMebibytes(browser);
  await waterfall.close();
  const name = spansText(size, shape);
  const reference = `an empty page: ${empty.toFixed(1)}`;
  const rows = [
    {
      name: `${name}: heap and buffers of the page`,
      value: shown,
      unit: 'MiB',
      reference,
      ratio: empty / shown,
      target: '< 500 MiB',
    },
  ];
  if (resident !== undefined)
    rows.push({
      name: `${name}: resident memory of the page's process`,
      value: resident,
      unit: 'MiB',
      reference: '',
      ratio: NaN,
      target: '< 500 MiB',
    });
  return rows;
}

/** Buffers are told by newer browsers alone; an older one's figure would be too small to be of use. */
function heapUsage(answer: object): { usedSize: number; backingStorageSize: number } {
  const { usedSize, backingStorageSize } = answer as Record<string, number>;
  if (usedSize === undefined || backingStorageSize === undefined)
    throw new Error('this browser does not tell the size of its buffers');
  return { usedSize, backingStorageSize };
}

/** The largest of the renderers: the others are spare. Undefined where there is no /proc. */
async function rendererMebibytes(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .flatMap(({ id }) => {
      try {
        const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
        return kibibytes === undefined ? [] : [Number(kibibytes) / 1024];
      } catch {
        return [];
      }
    });
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}
