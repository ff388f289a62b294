// npm start: everything on a fresh machine, from installing to a VS Code that receives the traces of examples/shop.
//   --no-open   print the address, open nothing
//   --smoke     open a headless window instead, and end with 0 once a trace has arrived in it
import { join } from 'node:path';
import { buildExtension, buildShop, shopFolder } from './lib/build.mjs';
import { dataFolder } from './lib/dataFolder.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { freePort } from './lib/freePort.mjs';
import { requireNode } from './lib/requireNode.mjs';
import { root } from './lib/root.mjs';
import { bold, say } from './lib/say.mjs';
import { startShop } from './lib/shop.mjs';
import { openDemo } from './start/openDemo.mjs';
import { proveTraces } from './start/proveTraces.mjs';

requireNode();
const smoke = process.argv.includes('--smoke');
await ensureDependencies(root);
await buildExtension();
await buildShop();

// A data folder of its own: this collector is neither the one of an installed Causeway nor shown in its windows.
const kept = process.env.CAUSEWAY_DATA_DIR ?? join(root, 'out', 'start', 'data');
// What an earlier run left must not pass for a trace that has arrived now.
const dataDir = smoke ? dataFolder().path : kept;
const [http, grpc] = [await freePort(smoke ? 0 : 4318), await freePort(smoke ? 0 : 4317)];
if (!smoke && http !== 4318) say(`Port 4318 is taken by another program, so the demo uses ${http}.`);
const demo = await openDemo({
  workspace: shopFolder,
  settings: { 'causeway.collector.httpPort': http, 'causeway.collector.grpcPort': grpc },
  env: { CAUSEWAY_DATA_DIR: dataDir },
  browserOnly: smoke,
  open: !smoke && !process.argv.includes('--no-open'),
});

say('Starting examples/shop and its traffic');
const shop = await startShop({ folder: shopFolder, endpoint: `http://127.0.0.1:${http}` });
shop.keepVisiting();

if (smoke) {
  const traces = await proveTraces({ url: demo.url ?? '', dataDir });
  say(`Everything is up: ${traces} traces have arrived.`);
} else {
  if (demo.url) say(`\nOpen ${bold(demo.url)} in a browser.`);
  say(`
What to look at:
  1. Click the Causeway icon in the activity bar, on the left. Traces appear as the shop's visitors come.
  2. Click a red ${bold('POST /checkout')}: a checkout that failed. Its waterfall opens.
  3. Click the innermost red span, ${bold('chargeCard')}: its details show what it threw.
  4. Press ${bold('Open throwing line')}: the editor opens at that line.

The shop is at ${shop.gateway}; it sends its spans to http://127.0.0.1:${http}. Ctrl-C ends everything.`);
  const shopEnded = shop.ended.then(() => say('The shop has ended, so the demo ends.'));
  await Promise.race([demo.ended, shopEnded]);
}
await shop.stop();
await demo.stop();
process.exit();
