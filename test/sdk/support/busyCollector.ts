// The collector process as it ships, but with small journal segments and frequent snapshots, so that a kill hits their
// changes too. Prints {"http":…,"grpc":…}, its ports, once it listens.
import { runCollector } from '../../../src/collector/runCollector';
import { parseCollectorArguments } from '../../../src/protocol/collectorArguments';

async function main(): Promise<void> {
  const options = parseCollectorArguments(process.argv.slice(2));
  if ('error' in options) throw new Error(options.error);
  const running = await runCollector(options, { segmentBytes: 150_000, snapshotSpans: 400 });
  if ('heldBy' in running) throw new Error(`held by ${running.heldBy.pid}`);
  const { http, grpc } = running.collector.status();
  if (http.state !== 'listening' || grpc.state !== 'listening') throw new Error(JSON.stringify([http, grpc]));
  process.stdout.write(`${JSON.stringify({ http: http.port, grpc: grpc.port })}\n`);
  await running.collector.closed;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
