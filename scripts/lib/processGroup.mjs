import { spawn, spawnSync } from 'node:child_process';
import { atExit } from './cleanup.mjs';

/**
 * @typedef {object} Group
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<number>} ended exit code; 1 for a signal or a program that could not be started
 * @property {() => Promise<void>} stop ends the program and everything it started, and waits until it is gone
 */

/** A program that was told to end gets this long before it is killed. */
const GRACE_MS = 4000;

/**
 * Starts a program in a process group of its own, so that its children end with it: a server that is killed alone
 * leaves its extension hosts behind. The group never outlives this process.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Group}
 */
export function startGroup(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  const kill = atExit(() => killTree(child));
  /** @type {Promise<number>} */
  const ended = new Promise(resolve => {
    child.once('error', error => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(1);
    });
    child.once('exit', code => resolve(code ?? 1));
  });
  return {
    child,
    ended,
    async stop() {
      // The program itself first: it may have an order of its own in which to end what it started.
      child.kill('SIGTERM');
      const timer = setTimeout(() => killTree(child), GRACE_MS);
      await ended;
      clearTimeout(timer);
      kill();
    },
  };
}

/** @param {import('node:child_process').ChildProcess} child */
function killTree({ pid }) {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: every process of the group has already ended; macOS says EPERM while they wait to be reaped.
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
