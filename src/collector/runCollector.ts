import { logFilePath, prepareDataDir, prepareSocketFolder, socketAddress, thisHost } from '../client/paths';
import type { CollectorArguments } from '../protocol/collectorArguments';
import { version } from '../protocol/version';
import { openCollector, type Collector } from './collector';
import type { EnginePace } from './openEngine';
import { lockDataDir, type LockOwner } from './lock';
import { openLogFile } from './log';

export type RunResult = { readonly collector: Collector } | { readonly heldBy: LockOwner };

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const parentCheckMs = 1000;

/**
 * Makes this process the collector of a data folder, if no other one is: takes the lock, opens everything, and ends on a
 * signal, on the end of `parent`, or when nobody is connected any more. What it cannot survive it logs, and exits
 * with 1.
 */
export async function runCollector(options: CollectorArguments, pace: EnginePace = {}): Promise<RunResult> {
  // The journal and the socket are the user's alone, also in a folder that is not.
  process.umask(0o077);
  const dataDir = prepareDataDir(options.dataDir);
  const logFile = logFilePath(dataDir);
  const log = openLogFile(logFile);
  const locked = await lockDataDir(dataDir, 'collector');
  if ('heldBy' in locked) return locked;

  const die = (error: unknown): void => {
    log.write('error', 'collector', `ended by a defect: ${describe(error)}`);
    // A terminal shows it; a client has connected stderr with the log already.
    if (process.stderr.isTTY) process.stderr.write(`collector: ${describe(error)}\n`);
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  log.write(
    'info',
    'collector',
    `version ${version}, pid ${process.pid}, Node ${process.version}, data in ${dataDir}`,
  );
  try {
    const address = socketAddress(dataDir, thisHost());
    prepareSocketFolder(address, dataDir);
    const collector = await openCollector({
      dataDir,
      address,
      logFile,
      settings: options.settings,
      graceMs: options.graceMs,
      version,
      pace,
      log,
      onLeaving: () => locked.lock.leaving(),
      onFolderClosed: () => locked.lock.release(),
    });
    for (const signal of signals)
      process.on(signal, () => void collector.close(`it got ${signal}`).catch(die));
    if (options.parent !== undefined) endWith(options.parent, collector);
    return { collector };
  } catch (error) {
    locked.lock.release();
    log.write('error', 'collector', `could not be set up: ${describe(error)}`);
    throw error;
  }
}

function endWith(parent: number, collector: Collector): void {
  const check = setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch (error) {
      clearInterval(check);
      void collector.close(`process ${parent} has ended (${describe(error).split('\n', 1)[0] ?? ''})`);
    }
  }, parentCheckMs);
  check.unref();
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
