import { pathToFileURL } from 'node:url';
import type { BenchRow } from './lib/measure';

/**
 * The waterfall in Chromium: opening and scrolling. What runs in the page needs the DOM's types, which
 * test/tsconfig.json has and this folder's does not: that is why the benchmark itself lies there and is loaded by name.
 */
export async function bench(): Promise<BenchRow[]> {
  const file = pathToFileURL('test/webview/bench/benchWaterfall.ts').href;
  const { benchWaterfall } = (await import(file)) as { benchWaterfall: () => Promise<BenchRow[]> };
  return benchWaterfall();
}
