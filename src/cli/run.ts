import { version } from '../protocol/version';
import { parseCommandLine, type CommandLine } from './commandLine';
import { printLogs } from './commands/logs';
import { printTrace } from './commands/trace';
import { printTraces } from './commands/traces';
import { CommandFailure, exitCode, UsageError } from './exitCode';
import { Output, PipeClosed } from './output/output';
import type { Source } from './source';
import { usage } from './usage';

export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a command line (without node and script) and answers its exit code. Never rejects. */
export async function run(args: readonly string[], { stdout, stderr, env }: Terminal): Promise<number> {
  const output = new Output(stdout, stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb');
  try {
    await execute(parseCommandLine(args), output);
    return exitCode.done;
  } catch (error) {
    if (error instanceof PipeClosed) return exitCode.done;
    if (error instanceof UsageError) {
      stderr.write(`causeway: ${error.message}\n\n${usage}`);
      return exitCode.usage;
    }
    const unexpected = !(error instanceof CommandFailure) && env['CAUSEWAY_DEBUG'] && error instanceof Error;
    stderr.write(`causeway: ${unexpected ? (error.stack ?? '') : messageOf(error)}\n`);
    return exitCode.failed;
  }
}

async function execute(line: CommandLine, output: Output): Promise<void> {
  switch (line.command) {
    case 'help':
      return output.write(usage);
    case 'version':
      return output.write(`${version}\n`);
    case 'collect': {
      const { collect } = await import('./commands/collect');
      const { httpPort, grpcPort, zipkinPort } = line;
      return collect({ ...line.common, httpPort, grpcPort, zipkinPort }, output);
    }
    case 'traces':
      return withSource(line.common.dataDir, source =>
        printTraces(source, line.limit, line.common.json, output),
      );
    case 'trace':
      return withSource(line.common.dataDir, source => printTrace(source, line.id, line.common.json, output));
    case 'logs':
      return withSource(line.common.dataDir, source => printLogs(source, line, line.common.json, output));
  }
}

// Imported when they are needed: gRPC and the store take longer to load than most commands take to run.
async function withSource(
  dataDir: string | undefined,
  work: (source: Source) => Promise<void>,
): Promise<void> {
  const { openSource } = await import('./source');
  const source = await openSource(dataDir);
  try {
    await work(source);
  } finally {
    await source.close();
  }
}

/** One line, whatever went wrong. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
