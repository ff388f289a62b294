import type { Browser } from 'playwright-core';

/** A headless Chromium, as every test here uses it. The caller closes it. */
export function openBrowser(): Promise<Browser>;
