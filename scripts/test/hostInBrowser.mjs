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
    const ended = new Promise(resolve => {
      const timer = setTimeout(() => {
        say(
          `The suite did not end within ${SUITE_LIMIT_MS / 60_000} min. The server's log:\n${server.log()}`,
        );
        resolve(false);
      }, SUITE_LIMIT_MS);
      // The workbench calls these two names when it runs `extensionTestsPath` in a browser.
      void page.exposeFunction(
        'codeAutomationLog',
        (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
          const text = args.map(String).join(' ');
          if (!isNoise(text)) say(text);
        },
      );
      void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => {
        clearTimeout(timer);
        resolve(code === 0);
      });
    });
    await page.goto(server.url);
    return Boolean(await ended);
  } finally {
    await browser.close();
    await server.stop();
  }
}
