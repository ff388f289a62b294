import { mustRun } from './run.mjs';

/**
 * Runs npm. Inside `npm start` and `npm test` npm names its own script file: running that with this Node avoids the
 * shell wrapper, which cannot be spawned directly on Windows.
 * @param {string[]} args
 * @param {{ cwd: string, label: string }} options
 */
export async function npm(args, { cwd, label }) {
  const own = process.env.npm_execpath;
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  if (own?.endsWith('.js'))
    await mustRun(process.execPath, [own, ...args, ...flags], { cwd, label, quiet: true });
  else await mustRun('npm', [...args, ...flags], { cwd, label, quiet: true });
}
