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
  const windows = process.platform === 'win32';
  const child = spawn(command, args, { ...options, detached: !windows });
  const signal = (/** @type {'SIGTERM' | 'SIGKILL'} */ name) => {
    if (child.pid === undefined) return;
    if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else signalGroup(child.pid, name);
  };
  const killNow = atExit(() => signal('SIGKILL'));
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
      signal('SIGTERM');
      const timer = setTimeout(() => signal('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(timer);
      killNow();
    },
  };
}

/** @param {number} pid @param {'SIGTERM' | 'SIGKILL'} name */
function signalGroup(pid, name) {
  try {
    process.kill(-pid, name);
  } catch (error) {
    // ESRCH: every process of the group has already ended.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
