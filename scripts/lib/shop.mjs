import { createInterface } from 'node:readline';
import { startGroup } from './processGroup.mjs';
import { run } from './run.mjs';

/**
 * Starts the built example application on free ports and waits until it is open.
 * @param {import('./shop.mjs').ShopOptions} options
 * @returns {Promise<import('./shop.mjs').Shop>}
 */
export async function startShop({ folder, endpoint }) {
  const env = { ...process.env, SHOP_PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
  const group = startGroup(process.execPath, ['dist/start.js', '--json'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const first = await Promise.race([firstLine(group.child), group.ended.then(() => undefined)]);
  const gateway = first === undefined ? undefined : JSON.parse(first).gateway;
  if (typeof gateway !== 'string') {
    await group.stop();
    throw new Error('examples/shop did not start');
  }
  const traffic = ['dist/traffic.js', '--gateway', gateway];
  /** @type {import('./processGroup.mjs').Group | undefined} */
  let shoppers;
  return {
    gateway,
    ended: group.ended,
    async visitOnce(kind) {
      const kinds = kind === undefined ? [] : ['--kind', kind];
      const code = await run(process.execPath, [...traffic, '--once', ...kinds], {
        cwd: folder,
        quiet: true,
      });
      if (code !== 0) throw new Error('the traffic of examples/shop failed');
    },
    keepVisiting() {
      shoppers ??= startGroup(process.execPath, traffic, {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    },
    async stop() {
      await shoppers?.stop();
      await group.stop();
    },
  };
}

/** The rest is read too, and dropped: a full pipe would stop the shop. @param {import('node:child_process').ChildProcess} child */
function firstLine(child) {
  return new Promise((/** @type {(line: string | undefined) => void} */ resolve) => {
    if (!child.stdout) return resolve(undefined);
    createInterface(child.stdout).on('line', resolve);
  });
}
