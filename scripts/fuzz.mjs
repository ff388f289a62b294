// npm run fuzz [-- --seconds N] [--seed S --path P] [file…]: every property for N seconds, or one failure once more.
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { filesUnder } from './lib/filesUnder.mjs';
import { requireNode } from './lib/requireNode.mjs';
import { root } from './lib/root.mjs';
import { run } from './lib/run.mjs';

requireNode();
const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, seed: { type: 'string' }, path: { type: 'string' } },
  allowPositionals: true,
});
// A property takes part by having its bounds from there.
const all = filesUnder(join(root, 'test', 'unit'), '.test.ts').filter(file =>
  readFileSync(file, 'utf8').includes('support/fuzz'),
);
process.exitCode = await run(
  process.execPath,
  [
    ...['--import', 'tsx', realpathSync('node_modules/mocha/lib/cli/cli.js'), '--no-timeout'],
    ...(positionals.length > 0 ? positionals : all),
  ],
  {
    label: 'fuzz',
    env: {
      CAUSEWAY_FUZZ_SECONDS: values.seconds,
      ...(values.seed === undefined ? {} : { CAUSEWAY_FUZZ_SEED: values.seed }),
      ...(values.path === undefined ? {} : { CAUSEWAY_FUZZ_PATH: values.path }),
    },
  },
);
