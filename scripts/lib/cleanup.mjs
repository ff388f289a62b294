/** What must not outlive this process: child process groups, temporary folders. Each runs once, newest first. */
const pending = new Set();
let listening = false;

/**
 * Registers `action` to run when this process ends in whatever way it can notice: return, error, Ctrl-C, closed terminal.
 * It must be synchronous, because nothing else runs in an `exit` handler.
 * @param {() => void} action
 * @returns {(run?: boolean) => void} takes the action off the list, having run it unless `run` is false
 */
export function atExit(action) {
  listen();
  pending.add(action);
  return (run = true) => {
    if (pending.delete(action) && run) action();
  };
}

function listen() {
  if (listening) return;
  listening = true;
  process.on('exit', runAll);
  for (const [signal, number] of /** @type {const} */ ([
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ]))
    process.on(signal, () => process.exit(128 + number));
  // A parent that is killed outright tells nobody. Without it a test run would go on with its editors and browsers.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500).unref();
}

function runAll() {
  for (const action of [...pending].reverse()) {
    pending.delete(action);
    try {
      action();
    } catch (error) {
      console.error('clean-up failed:', error);
    }
  }
}
