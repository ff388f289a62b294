import { root } from './root.mjs';
import { dim, elapsed, say } from './say.mjs';
import { startGroup } from './processGroup.mjs';

/** A step that prints nothing for this long says that it is still at work. */
const SILENCE_MS = 15_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the repository by default
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {string} [label] what the step is called while it is silent
 * @property {boolean} [quiet] keep the output back and show it only when the command fails
 * @property {number} [timeout] milliseconds after which the command and its children are ended; the exit code is then not 0
 */

/**
 * Runs a command to its end with its output visible and answers its exit code. It never throws for a failing command.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export async function run(command, args, options = {}) {
  const { cwd = root, env = {}, label = command, quiet = false, timeout } = options;
  const start = performance.now();
  const group = startGroup(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise(resolve => group.child.once('close', resolve));
  let heard = performance.now();
  /** @type {Buffer[]} */
  const kept = [];
  const show = (/** @type {NodeJS.WriteStream} */ target) => (/** @type {Buffer} */ chunk) => {
    heard = performance.now();
    if (quiet) kept.push(chunk);
    else target.write(chunk);
  };
  group.child.stdout?.on('data', show(process.stdout));
  group.child.stderr?.on('data', show(process.stderr));
  const pulse = setInterval(() => {
    if (performance.now() - heard < SILENCE_MS) return;
    heard = performance.now();
    say(dim(`  … ${label}, ${elapsed(start)}`));
  }, 1000);
  const limit =
    timeout === undefined
      ? undefined
      : setTimeout(() => {
          say(`${label} is ended: it took longer than ${timeout / 1000} s`);
          void group.stop();
        }, timeout);
  const code = await group.ended;
  clearInterval(pulse);
  clearTimeout(limit);
  await group.stop();
  await closed;
  if (code !== 0 && quiet) process.stdout.write(Buffer.concat(kept));
  return code;
}

/**
 * Like `run`, for steps that everything after them needs.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export async function mustRun(command, args, options = {}) {
  const code = await run(command, args, options);
  if (code !== 0)
    throw new Error(`${options.label ?? [command, ...args].join(' ')} failed (exit code ${code})`);
}
