import { execFileSync } from 'node:child_process';
import { openBrowser } from '../../../scripts/editor/browser.mjs';
import type { BenchRow } from '../../../bench/lib/measure';
import { traceShapes } from '../support/generatedTrace';
import { benchFrames } from './benchFrames';
import { benchMemory } from './benchMemory';
import { benchOperations } from './benchOperations';
import { benchOpen, benchOpenFromCollector } from './benchOpen';
import { openCollectorBridge } from './collectorBridge';
import { sizes } from './sizes';

/** The waterfall in Chromium (headless, software raster); wall time, as a reader waits for it. */
export async function benchWaterfall(): Promise<BenchRow[]> {
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'ignore' });
  const browser = await openBrowser();
  const rows: BenchRow[] = [];
  try {
    const bridge = await openCollectorBridge();
    try {
      for (const size of sizes) rows.push(...(await benchOpenFromCollector(browser, bridge, size)));
    } finally {
      await bridge.close();
    }
    for (const size of sizes)
      for (const shape of traceShapes) rows.push(await benchOpen(browser, size, shape));
    for (const size of sizes)
      for (const shape of traceShapes) rows.push(...(await benchFrames(browser, size, shape)));
    for (const size of sizes.filter(({ count }) => count === 100_000))
      for (const shape of traceShapes) rows.push(...(await benchOperations(browser, size, shape)));
    for (const size of sizes.filter(({ count }) => count === 1_000_000))
      for (const shape of traceShapes) rows.push(...(await benchMemory(browser, size, shape)));
    return rows;
  } finally {
    await browser.close();
  }
}
