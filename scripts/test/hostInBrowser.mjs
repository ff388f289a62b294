import { format } from 'node:util';
import { openBrowser } from '../editor/browser.mjs';
import { launchEditor } from '../editor/launch.mjs';
import { isNoise } from '../editor/noise.mjs';
import { say } from '../lib/say.mjs';
import { SUITE_LIMIT_MS } from './mochaSuite.mjs';

/**
 * Opens a window of the npm-carried VS Code on the suite and waits for its end. What the extension host prints is shown.
 * @param {import('./hostSuite.mjs').HostRun} hostRun
 * @returns {Promise<boolean>} whether the suite's `run` resolved
 */
export async function runHostInBrowser(hostRun) {
  const server = await launchEditor(hostRun);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const code = new Promise(resolve => {
      // The workbench calls these two names when it runs `extensionTestsPath` in a browser.
      void page.exposeFunction('codeAutomationLog', logFilter());
      void page.exposeFunction('codeAutomationExit', resolve);
      setTimeout(resolve, SUITE_LIMIT_MS, 'no end').unref();
    });
    await page.goto(server.url);
    const ended = await Promise.race([code, server.ended.then(() => 'server ended')]);
    if (ended !== 0 && ended !== 1)
      say(`The suite did not come to its end (${ended}). VS Code's log:\n${server.log()}`);
    return ended === 0;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The suite's first line; what the window notes before it is of no interest. */
const FIRST_LINE = /^VS Code \d/;

function logFilter() {
  let begun = false;
  return (/** @type {string} */ kind, /** @type {unknown[]} */ values) => {
    const text = format(...values);
    begun ||= FIRST_LINE.test(text);
    if ((begun || kind === 'error') && !isNoise(text)) say(text);
  };
}
