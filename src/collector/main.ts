import { collectorExit, parseCollectorArguments } from '../protocol/collectorArguments';
import { runCollector } from './runCollector';

/** The collector process, as a client starts it (see startCollector). Its exit codes are those of collectorExit. */
async function main(argv: readonly string[]): Promise<number> {
  const options = parseCollectorArguments(argv);
  if ('error' in options) {
    process.stderr.write(`collector: ${options.error}\n`);
    return collectorExit.badArguments;
  }
  const running = await runCollector(options);
  if ('heldBy' in running) return collectorExit.dataFolderHeld;
  await running.collector.closed;
  return collectorExit.ok;
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  (error: unknown) => {
    process.stderr.write(
      `collector: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(collectorExit.failed);
  },
);
