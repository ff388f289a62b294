import { prepareDataDir, socketAddress, thisHost } from '../../client/paths';
import { runCollector } from '../../collector/runCollector';
import { defaultSettings } from '../../protocol/collectorArguments';
import type { ReceiverState } from '../../protocol/collectorProtocol';
import { CommandFailure } from '../exitCode';
import type { Output } from '../output/output';
import { resolveDataDir } from '../source';

export interface CollectOptions {
  readonly dataDir: string | undefined;
  readonly json: boolean;
  readonly httpPort: number;
  readonly grpcPort: number;
  /** Null: off. */
  readonly zipkinPort: number | null;
}

/** `causeway collect`: a collector in the foreground, until a signal or a newer collector ends it. */
export async function collect(
  { dataDir: given, json, ...ports }: CollectOptions,
  output: Output,
): Promise<void> {
  const dataDir = prepareDataDir(resolveDataDir(given));
  const running = await runCollector({
    dataDir,
    settings: { ...defaultSettings, ...ports },
    graceMs: Infinity,
  });
  if ('heldBy' in running)
    throw new CommandFailure(`a collector (pid ${running.heldBy.pid}) runs on ${dataDir} already`);
  const { http, grpc, zipkin } = running.collector.status();
  try {
    const httpPort = portOf(http);
    const grpcPort = portOf(grpc);
    const zipkinPort = ports.zipkinPort === null ? undefined : portOf(zipkin);
    const socket = socketAddress(dataDir, thisHost()).path;
    if (json)
      await output.write(
        `${JSON.stringify({ httpPort, grpcPort, zipkinPort, socket, dataDir, pid: process.pid })}\n`,
      );
    else
      await output.write(
        `Receiving spans. Press Ctrl+C to end.\n` +
          `  OTLP/HTTP  http://127.0.0.1:${httpPort}/v1/traces\n` +
          `  OTLP/gRPC  http://127.0.0.1:${grpcPort}\n` +
          (zipkinPort === undefined ? '' : `  Zipkin     http://127.0.0.1:${zipkinPort}/api/v2/spans\n`) +
          `  data       ${dataDir}\n`,
      );
  } catch (error) {
    await running.collector.close('it could not be set up');
    throw error;
  }
  await running.collector.closed;
}

/** In the foreground somebody waits for the ports that were asked for: a collector without them is of no use. */
function portOf(state: ReceiverState): number {
  if (state.state === 'listening') return state.port;
  if (state.state === 'off') throw new CommandFailure('the receiver is off');
  const hint = state.freePort === undefined ? '' : ` Port ${state.freePort} is free.`;
  throw new CommandFailure(state.message + hint);
}
