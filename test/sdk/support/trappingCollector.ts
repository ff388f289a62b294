// The collector process as it ships, but with small journal segments, and with a WebAssembly instance that breaks down
// at SIGUSR2: every pointer in its memory is none from then on, and the next call of SQLite traps.
import { runCollector } from '../../../src/collector/runCollector';
import { loadSqlModule } from '../../../src/collector/store/sqlModule';
import { findWasm } from '../../../src/collector/store/wasmPath';
import { parseCollectorArguments } from '../../../src/protocol/collectorArguments';

async function main(): Promise<void> {
  const options = parseCollectorArguments(process.argv.slice(2));
  if ('error' in options) throw new Error(options.error);
  const running = await runCollector(options, { segmentBytes: 2000 });
  if ('heldBy' in running) return;
  const module = await loadSqlModule(findWasm());
  process.on('SIGUSR2', () => module.heap.fill(0xff));
  await running.collector.closed;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
