import { join } from 'node:path';
import { largeTrace } from '../../bench/lib/largeTrace';
import { openWorkbench } from '../../test/editor/workbench/support/openWorkbench';
import type { Workbench } from '../../test/editor/workbench/support/openWorkbench';
import { screenshot } from '../../test/editor/workbench/support/screenshot';
import { shopFolder } from '../lib/build.mjs';
import { root } from '../lib/root.mjs';
import { say } from '../lib/say.mjs';
import { startShop } from '../lib/shop.mjs';
import { scenes } from './scenes';

/** The packaged extension, as users see it. */
const installed = { extensionPath: null, viewport: { width: 1440, height: 900 } };

async function main(): Promise<void> {
  const vsix = join(root, 'out', 'causeway.vsix');
  const first = await openWorkbench({ ...installed, workspace: shopFolder, install: [vsix] });
  try {
    const shop = await startShop({ folder: first.workspace, endpoint: first.otlpHttp });
    await shop.visitOnce();
    // Its spans are all sent when it has stopped.
    await shop.stop();
    await sendLargeTrace(first.otlpHttp);
    await takeAll(first);
  } finally {
    await first.close();
  }
}

async function sendLargeTrace(endpoint: string): Promise<void> {
  for (const body of largeTrace(100_000, 1).requests) {
    const headers = { 'content-type': 'application/x-protobuf' };
    const { status } = await fetch(`${endpoint}/v1/traces`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    });
    if (status !== 200) throw new Error(`the collector answered ${status}`);
  }
}

/** A window for each scene, since a window has one theme and one size. */
async function takeAll(first: Workbench): Promise<void> {
  const words = process.argv.slice(2);
  const wanted = scenes.filter(({ name }) => words.length === 0 || words.some(word => name.includes(word)));
  for (const { name, arrange, ...look } of wanted) {
    const window = await openWorkbench({ ...installed, beside: first, ...look });
    await arrange(window.page);
    await screenshot(window.page, join(root, 'media', 'screenshots', `${name}.png`));
    say(`media/screenshots/${name}.png`);
    await window.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
