import { defaultSettings } from '../protocol/collectorArguments';
import { openEngine } from './openEngine';
import { openLogFile } from './log';
import { answerMethod, type MethodContext } from './rpc/methods';
import type { RpcAnswer } from './rpc/rpcConnection';
import { RpcFailure } from './rpc/rpcFailure';
import { TraceSnapshots } from './rpc/traceSnapshots';
import { logFilePath } from '../client/paths';

/** A data folder opened in this process, without receivers and without a socket. */
export interface OpenFolder {
  /** As a running collector would answer. @throws RpcFailure */
  answer(method: string, params: unknown): Promise<RpcAnswer>;
  close(): Promise<void>;
}

/** Opens a data folder whose lock the caller holds. */
export async function openFolder(dataDir: string): Promise<OpenFolder> {
  const log = openLogFile(logFilePath(dataDir));
  const engine = await openEngine({
    dataDir,
    retention: defaultSettings.retention,
    log: (level, message) => log.write(level, 'engine', message),
  });
  const notRunning = (): never => {
    throw new RpcFailure('unavailable', `No collector is running on ${dataDir}.`);
  };
  const context: MethodContext = {
    engine,
    snapshots: new TraceSnapshots(engine),
    status: notRunning,
    configure: notRunning,
    shutdown: notRunning,
  };
  return {
    answer: (method, params) => answerMethod(context, method, params),
    close: () => engine.close(),
  };
}
