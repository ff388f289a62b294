import { chromium } from 'playwright-core';
import { ensureChromium } from '../lib/chromium.mjs';

/** Chromium is to talk to the local server and to nobody else; as root it needs `--no-sandbox`. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium, as every test here uses it. @returns {Promise<import('playwright-core').Browser>} */
export async function openBrowser() {
  return chromium.launch({ executablePath: await ensureChromium(), args: FLAGS, headless: true });
}
