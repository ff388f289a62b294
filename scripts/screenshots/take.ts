import { join } from 'node:path';
import { openWorkbench } from '../../test/editor/workbench/support/openWorkbench';
import { screenshot } from '../../test/editor/workbench/support/screenshot';
import { shopFolder } from '../lib/build.mjs';
import { root } from '../lib/root.mjs';
import { say } from '../lib/say.mjs';
import { startShop } from '../lib/shop.mjs';
import { scenes } from './scenes';

/** One server and one shop; a window for each scene, since a window has one theme and one size. */
const folder = join(root, 'media', 'screenshots');
const size = { width: 1280, height: 800 };
const first = await openWorkbench({ workspace: shopFolder, viewport: size });
const shop = await startShop({ folder: first.workspace, endpoint: first.otlpHttp });
try {
  await shop.visitOnce();
  for (const { name, theme, viewport = size, arrange } of scenes) {
    say(`media/screenshots/${name}.png`);
    const window = await openWorkbench({ beside: first, theme, viewport });
    await arrange(window.page);
    await screenshot(window.page, join(folder, `${name}.png`));
    await window.close();
  }
} finally {
  await shop.stop();
  await first.close();
}
