// npm run screenshots: pictures for the README from a real run (shop, its traffic, VS Code), into media/screenshots.
// `npm run screenshots -- large tree` takes those whose name contains a word.
import { buildShop } from './lib/build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { requireNode } from './lib/requireNode.mjs';
import { root } from './lib/root.mjs';
import { mustRun } from './lib/run.mjs';

requireNode();
await ensureDependencies(root);
await mustRun(process.execPath, ['scripts/package.mjs'], { label: 'package' });
await buildShop();
await mustRun(
  process.execPath,
  ['--import', 'tsx', 'scripts/screenshots/take.ts', ...process.argv.slice(2)],
  { label: 'screenshots' },
);
