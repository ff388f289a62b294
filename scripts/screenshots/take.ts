import { join } from 'node:path';
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
    await takeAll(first);
  } finally {
    await first.close();
  }
}

/** A window for each scene, since a window has one theme and one size. */
async function takeAll(first: Workbench): Promise<void> {
  for (const { name, arrange, ...look } of scenes) {
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
