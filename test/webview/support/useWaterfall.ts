import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../../scripts/editor/browser.mjs';
import { openWaterfall, type FakeHost, type WaterfallPage, type WaterfallPageOptions } from './waterfallPage';

/**
 * One browser for a suite. What the returned function opens is closed after each test, which fails where anything was
 * thrown on the page or refused by its policy.
 */
export function useWaterfall(): (host: FakeHost, options?: WaterfallPageOptions) => Promise<WaterfallPage> {
  let browser: Browser;
  let open: WaterfallPage[] = [];
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    const problems = open.flatMap(waterfall => waterfall.problems);
    await Promise.all(open.map(waterfall => waterfall.close()));
    open = [];
    assert.deepEqual(problems, []);
  });
  return async (host, options) => {
    const waterfall = await openWaterfall(browser, host, options);
    open.push(waterfall);
    return waterfall;
  };
}
