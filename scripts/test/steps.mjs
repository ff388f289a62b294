import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildExtension, buildShop, shopFolder } from '../lib/build.mjs';
import { ensureChromium } from '../lib/chromium.mjs';
import { ensureCurl } from '../lib/curl.mjs';
import { ensureDependencies } from '../lib/dependencies.mjs';
import { filesUnder } from '../lib/filesUnder.mjs';
import { root } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';
import { oneTest, sum } from './tally.mjs';

/**
 * @typedef {object} Step
 * @property {string} name as given to `npm test -- <name>`
 * @property {string} title
 * @property {() => Promise<import('./tally.mjs').Tally>} run a rejection counts as one failure
 */

/** What needs an installed package is imported by the step that uses it: the first step is the one that installs. */
const mochaSuite = async (
  /** @type {string} */ label,
  /** @type {string[]} */ patterns,
  /** @type {string[]} */ ignore = [],
  jobs = 1,
) => {
  const suite = await import('./mochaSuite.mjs');
  return suite.mochaSuite(label, patterns, { ignore, jobs });
};

/** Browser suites find Chromium in their environment. @type {typeof mochaSuite} */
const browserSuite = async (label, patterns, ignore, jobs) => {
  process.env.CAUSEWAY_CHROMIUM = await ensureChromium();
  return mochaSuite(label, patterns, ignore, jobs);
};

/** @type {readonly Step[]} */
export const steps = [
  { name: 'install', title: 'Dependencies', run: install },
  { name: 'build', title: 'Build', run: build },
  { name: 'types', title: 'Types', run: types },
  { name: 'lint', title: 'Lint', run: () => tool('eslint', ['node_modules/eslint/bin/eslint.js', '.']) },
  {
    name: 'format',
    title: 'Formatting',
    run: () => tool('prettier', ['node_modules/prettier/bin/prettier.cjs', '--check', '.']),
  },
  {
    name: 'unit',
    title: 'Unit tests',
    run: () =>
      mochaSuite('unit tests', ['test/unit/**/*.test.ts', 'test/*.test.ts'], ['test/package.test.ts']),
  },
  { name: 'sdk', title: 'OpenTelemetry SDKs', run: sdk },
  {
    name: 'webview',
    title: 'Webviews in Chromium',
    // A page waits for its browser half of the time: two at a time take little more than half as long.
    run: () => browserSuite('webview tests', ['test/webview/**/*.test.ts'], [], 2),
  },
  { name: 'host', title: 'Inside the extension host', run: host },
  {
    name: 'workbench',
    title: 'The workbench, from outside',
    run: () => browserSuite('workbench tests', ['test/editor/workbench/**/*.test.ts']),
  },
  { name: 'package', title: 'Package', run: () => browserSuite('package tests', ['test/package.test.ts']) },
];

async function install() {
  await ensureDependencies(root);
  if (existsSync(shopFolder)) await ensureDependencies(shopFolder);
  return { passed: 0, failed: 0 };
}

async function build() {
  await buildExtension();
  await buildShop();
  return oneTest(true);
}

async function types() {
  const tallies = [];
  for (const project of filesUnder(root, 'tsconfig.json')) {
    const name = relative(root, dirname(project)) || '.';
    say(`types of ${name}`);
    tallies.push(
      oneTest(
        (await run(process.execPath, [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', project])) ===
          0,
      ),
    );
  }
  return sum(tallies);
}

/** @param {string} label @param {string[]} args */
async function tool(label, args) {
  return oneTest((await run(process.execPath, args, { label })) === 0);
}

async function sdk() {
  process.env.CAUSEWAY_CURL = await ensureCurl();
  return browserSuite('SDK tests', ['test/sdk/**/*.test.ts']);
}

async function host() {
  const { hostSuite } = await import('./hostSuite.mjs');
  return hostSuite(root);
}
