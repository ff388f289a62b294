import { spawn, spawnSync } from 'node:child_process';
import { atExit } from './cleanup.mjs';

/**
 * @typedef {object} Group
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<number>} ended exit code; 1 for a signal or a program that could not be started
 * @property {() => Promise<void>} stop ends the program and everything it started, and waits until it is gone
 */

/**
 * When this process ends, its groups are asked to, not killed: some of them are test runs with groups of their own to end. So long
 * they have for it before the temporary folders that they use are removed.
 */
const EXIT_PAUSE_MS = 150;

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
  const forget = atExit(() => {
    signalTree(child, 'SIGTERM');
    pause(EXIT_PAUSE_MS);
  });
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
      const timer = setTimeout(() => signalTree(child, 'SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(timer);
      signalTree(child, 'SIGKILL');
      forget(false);
    },
  };
}

/** @param {import('node:child_process').ChildProcess} child @param {'SIGTERM' | 'SIGKILL'} signal */
function signalTree({ pid }, signal) {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: every process of the group has already ended; macOS says EPERM while they wait to be reaped.
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** Waits without giving way: nothing asynchronous runs in an `exit` handler. @param {number} ms */
function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
