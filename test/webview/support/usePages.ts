import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../../scripts/editor/browser.mjs';

interface Page {
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/**
 * One browser for a suite. What the returned function opens is closed after each test, which fails where anything was
 * thrown on the page or refused by its policy.
 */
export function usePages<P extends Page, Args extends readonly unknown[]>(
  openPage: (browser: Browser, ...args: Args) => Promise<P>,
): (...args: Args) => Promise<P> {
  let browser: Browser;
  let open: P[] = [];
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    const problems = open.flatMap(page => page.problems);
    await Promise.all(open.map(page => page.close()));
    open = [];
    assert.deepEqual(problems, []);
  });
  return async (...args) => {
    const page = await openPage(browser, ...args);
    open.push(page);
    return page;
  };
}
