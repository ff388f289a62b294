import { setTimeout as sleep } from 'node:timers/promises';
import { collectorExit } from '../protocol/collectorArguments';
import type { CollectorEvent, CollectorSettings } from '../protocol/collectorProtocol';
import { Connection, type Hello, RefusedError } from './connection';
import { prepareDataDir, prepareSocketFolder, socketAddress, thisHost } from './paths';
import { type CollectorProgram, logTail, startCollector, type StartedCollector } from './startCollector';
import { isNewerVersion } from './versions';

export interface AttachOptions extends CollectorProgram, Hello {
  readonly dataDir: string;
  readonly settings: CollectorSettings;
  readonly autoStart: boolean;
  readonly graceMs: number;
  readonly onEvent: (event: CollectorEvent) => void;
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
  /** Another client is starting a newer collector: give it a moment before starting one of our own version. */
  readonly letOthersStart: boolean;
}

export interface Attachment {
  readonly connection: Connection;
}

export type AttachResult =
  | { readonly attachment: Attachment }
  | {
      readonly attachment?: undefined;
      readonly reason: 'protocol' | 'cannot-start' | 'not-running';
      /** One sentence for the user. */
      readonly message: string;
    };

/** A collector may have to read a long journal before it answers. */
const patienceMs = 60_000;
/** Without the right to start one there is little to wait for: one that is just starting. */
const passivePatienceMs = 5000;
const letOthersStartMs = 3000;
/** Somebody else held the folder: if nobody answers after this, try to start one again. */
const startAgainMs = 2000;
const pollMs = 40;

/**
 * Connects to the collector of a data folder; where nobody answers, starts one. Clients that race each start one, the
 * data folder's lock lets one of those live, and all clients end up with it. An older collector is asked to leave.
 */
export async function attach(options: AttachOptions): Promise<AttachResult> {
  const dataDir = prepareDataDir(options.dataDir);
  const address = socketAddress(dataDir, thisHost());
  // Whoever owns the folder of the socket could listen there in the collector's place.
  prepareSocketFolder(address, dataDir);
  const { path } = address;
  const begin = Date.now();
  const deadline = begin + (options.autoStart ? patienceMs : passivePatienceMs);
  let mayStartAt = options.letOthersStart ? begin + letOthersStartMs : begin;
  let started: { exited: boolean; code: number | null } | undefined;

  while (!options.signal.aborted) {
    const found = await tryOpen(path, options);
    if (found instanceof Connection) {
      if (!isNewerVersion(options.version, found.welcome.version))
        return { attachment: { connection: found } };
      await askToLeave(found, options);
      continue;
    }
    if (found.refused === 'protocol') return { reason: 'protocol', message: found.message };

    const now = Date.now();
    if (started?.exited) {
      if (started.code !== collectorExit.dataFolderHeld && started.code !== collectorExit.ok)
        return {
          reason: 'cannot-start',
          message: `The collector could not be started (exit code ${started.code ?? 'none'}). ${lastLine(dataDir)}`,
        };
      started = undefined;
      mayStartAt = now + startAgainMs;
    }
    if (now >= deadline)
      return options.autoStart
        ? { reason: 'cannot-start', message: `The collector does not answer on ${path} (${found.message}).` }
        : { reason: 'not-running', message: `No collector is running on ${dataDir}.` };
    if (options.autoStart && !started && !found.refused && now >= mayStartAt) {
      started = watch(startCollector(options, { ...options, dataDir }));
      options.log('info', `started a collector on ${dataDir}`);
    }
    await sleep(pollMs);
  }
  return { reason: 'not-running', message: 'Disposed of.' };
}

async function tryOpen(
  path: string,
  options: AttachOptions,
): Promise<Connection | { refused: 'protocol' | 'leaving' | undefined; message: string }> {
  const { version, client, subscribe } = options;
  try {
    return await Connection.open(path, { version, client, subscribe }, options.onEvent);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { refused: error instanceof RefusedError ? error.reason : undefined, message };
  }
}

async function askToLeave(connection: Connection, { version, log }: AttachOptions): Promise<void> {
  log('info', `asking the collector of version ${connection.welcome.version} to leave for ${version}`);
  try {
    await connection.request('shutdown', { reason: `upgrade to ${version}` });
    await connection.closed;
  } catch (error) {
    // It may have ended before it answered; whether it has is seen when the socket is tried again.
    log('info', `while asking it to leave: ${String(error)}`);
  } finally {
    connection.close();
  }
}

function watch(started: StartedCollector): { exited: boolean; code: number | null } {
  const state: { exited: boolean; code: number | null } = { exited: false, code: null };
  void started.exited.then(code => {
    state.exited = true;
    state.code = code;
  });
  return state;
}

function lastLine(dataDir: string): string {
  return logTail(dataDir, 1);
}
