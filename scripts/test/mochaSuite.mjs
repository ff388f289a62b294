import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/run.mjs';
import { tempFolder } from '../lib/tempFolder.mjs';

/** Not mocha's `bin`, which starts a second process for `--import` and does not end it when it is ended itself. */
const MOCHA = 'node_modules/mocha/lib/cli/cli.js';

/** No suite may take longer, and a hanging one must not hold up the others for longer. */
export const SUITE_LIMIT_MS = 8 * 60_000;

/**
 * Runs mocha over the test files that match and reads its counts.
 * @param {string} label
 * @param {string[]} patterns
 * @param {{ ignore?: string[], env?: NodeJS.ProcessEnv, jobs?: number }} [options] `jobs`: files that run at a time, each
 *   in a process of its own. What a file leaves open is seen only where that is one.
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function mochaSuite(label, patterns, { ignore = [], env = {}, jobs = 1 } = {}) {
  const temp = tempFolder('cw-counts');
  const counts = join(temp.path, 'counts.json');
  const reporter = [
    '--reporter',
    'scripts/test/reporter.mjs',
    '--reporter-option',
    `counts=${counts},exit=1`,
  ];
  // The output goes through a pipe, where mocha would not know.
  const colour = process.stdout.isTTY ? '--color' : '--no-color';
  const ignored = ignore.flatMap(pattern => ['--ignore', pattern]);
  const parallel = jobs > 1 ? ['--parallel', '--jobs', String(jobs)] : [];
  const code = await run(
    process.execPath,
    ['--import', 'tsx', MOCHA, colour, ...reporter, ...parallel, ...ignored, ...patterns],
    {
      label,
      env,
      timeout: SUITE_LIMIT_MS,
    },
  );
  const tally = readCounts(counts, code === 0);
  temp.remove();
  return tally;
}

/**
 * The counts that a run left behind. A run that died, left something open or ran nothing has failed, whatever it counted.
 * @param {string} file
 * @param {boolean} endedWell
 * @returns {import('./tally.mjs').Tally}
 */
export function readCounts(file, endedWell) {
  if (!existsSync(file)) return { passed: 0, failed: 1, note: 'ended without a result' };
  const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'));
  if (passed + failed === 0) return { passed: 0, failed: 1, note: 'ran no test' };
  if (!endedWell && failed === 0) return { passed, failed: 1, note: 'did not end by itself' };
  return { passed, failed };
}
