import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { connectCollector } from '../client/collectorClient';
import type { Answer } from '../client/connection';
import { parseResult } from '../client/parseResult';
import { defaultDataDir, prepareDataDir, thisHost } from '../client/paths';
import { lockDataDir } from '../collector/lock';
import { defaultSettings } from '../protocol/collectorArguments';
import type { MethodName, Params } from '../protocol/collectorProtocol';
import { version } from '../protocol/version';
import { CommandFailure } from './exitCode';

/** Where a command gets its answers. */
export interface Source {
  /** @throws RequestError, RpcFailure */
  request<M extends MethodName>(method: M, params: Params<M>): Promise<Answer<M>>;
  close(): Promise<void>;
}

/**
 * The data folder, by way of the collector that runs on it; where none does, the folder is opened in this process, under
 * the same lock, and no process is left behind.
 */
export async function openSource(given: string | undefined): Promise<Source> {
  if (given !== undefined && !existsSync(given)) throw new CommandFailure(`there is no folder ${given}`);
  const dataDir = prepareDataDir(resolveDataDir(given));
  const locked = await lockDataDir(dataDir, 'command');
  if ('heldBy' in locked) {
    if (locked.heldBy.kind === 'collector') return askCollector(dataDir);
    throw new CommandFailure(`${dataDir} is in use by process ${locked.heldBy.pid}`);
  }
  try {
    const { openFolder } = await import('../collector/openFolder');
    const folder = await openFolder(dataDir);
    return {
      async request(method, params) {
        const { result, body } = await folder.answer(method, params);
        // By the same door as over the socket: a copy of the body, and the result as agreed.
        return { result: parseResult(method, result), body: new Uint8Array(body ?? []).buffer };
      },
      async close() {
        await folder.close();
        locked.lock.release();
      },
    };
  } catch (error) {
    locked.lock.release();
    throw error;
  }
}

export function resolveDataDir(given: string | undefined): string {
  return given === undefined ? defaultDataDir(thisHost()) : resolve(given);
}

function askCollector(dataDir: string): Source {
  const client = connectCollector({
    dataDir,
    settings: defaultSettings,
    execPath: process.execPath,
    collectorPath: '',
    version,
    client: 'cli',
    log: () => undefined,
    autoStart: false,
    subscribe: false,
  });
  return {
    request: (method, params) => client.request(method, params, { timeoutMs: 60_000 }),
    close: () => {
      client.dispose();
      return Promise.resolve();
    },
  };
}
