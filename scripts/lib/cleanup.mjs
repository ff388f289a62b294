/** What must not outlive this process: child process groups, temporary folders. Each runs once, newest first. */
const pending = new Set();
let listening = false;

/**
 * Registers `action` to run when this process ends in whatever way it can notice: return, error, Ctrl-C, closed terminal.
 * It must be synchronous, because nothing else runs in an `exit` handler.
 * @param {() => void} action
 * @returns {() => void} runs the action now, and never again
 */
export function atExit(action) {
  listen();
  pending.add(action);
  return () => {
    if (pending.delete(action)) action();
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
