import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { formatCollectorArguments, type CollectorArguments } from '../protocol/collectorArguments';
import { logFilePath } from './paths';

export interface CollectorProgram {
  /** Node, or an executable that is Node under ELECTRON_RUN_AS_NODE (the extension host's own). */
  readonly execPath: string;
  /** Absolute path of collector.js. */
  readonly collectorPath: string;
}

/** A collector process that was started here; it outlives this process. */
export interface StartedCollector {
  readonly pid: number | undefined;
  /** Its exit code, once it has ended; null where a signal ended it or it could not be started. */
  readonly exited: Promise<number | null>;
}

/**
 * Starts a collector detached: closing the editor or the terminal that started it does not take it down. What Node
 * itself says on stderr (out of memory, a broken file) goes to the collector's log. The data folder must exist.
 */
export function startCollector(program: CollectorProgram, args: CollectorArguments): StartedCollector {
  const stderr = openSync(logFilePath(args.dataDir), 'a', 0o600);
  try {
    const child = spawn(program.execPath, [program.collectorPath, ...formatCollectorArguments(args)], {
      detached: true,
      stdio: ['ignore', 'ignore', stderr],
      windowsHide: true,
      cwd: args.dataDir,
      env: collectorEnvironment(process.env),
    });
    const exited = new Promise<number | null>(resolve => {
      child.once('exit', code => resolve(code));
      child.once('error', () => resolve(null));
    });
    child.unref();
    return { pid: child.pid, exited };
  } finally {
    closeSync(stderr);
  }
}

/** The last lines of the collector's log, for the message that it could not be started. */
export function logTail(dataDir: string, lines = 5): string {
  try {
    return readFileSync(logFilePath(dataDir), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch (error) {
    return `no log: ${String(error)}`;
  }
}

/**
 * An editor's environment without what would change how Node starts: a debugger's NODE_OPTIONS would attach to, and an
 * inspector port would clash in, a process that outlives the window.
 */
function collectorEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => name !== 'NODE_OPTIONS' && name !== 'VSCODE_INSPECTOR_OPTIONS',
  );
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
