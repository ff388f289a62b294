import { parseArgs } from 'node:util';
import { parseSpanId } from '../core/model/ids';
import { UsageError } from './exitCode';

/** A command line that makes sense. */
export type CommandLine =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | {
      readonly command: 'collect';
      readonly common: CommonOptions;
      readonly httpPort: number;
      readonly grpcPort: number;
      /** Null: Zipkin is off. */
      readonly zipkinPort: number | null;
    }
  | { readonly command: 'traces'; readonly common: CommonOptions; readonly limit: number }
  | { readonly command: 'trace'; readonly common: CommonOptions; readonly id: string }
  | {
      readonly command: 'logs';
      readonly common: CommonOptions;
      /** What names the trace; undefined: all records, or those of the span. */
      readonly id: string | undefined;
      /** 16 lower-case hex digits. */
      readonly spanId: string | undefined;
      readonly limit: number;
    };

export interface CommonOptions {
  readonly json: boolean;
  /** As given; undefined = the usual one. */
  readonly dataDir: string | undefined;
}

const common = {
  json: { type: 'boolean' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const options = {
  collect: {
    ...common,
    'http-port': { type: 'string' },
    'grpc-port': { type: 'string' },
    'zipkin-port': { type: 'string' },
  },
  traces: { ...common, limit: { type: 'string' }, query: { type: 'string' } },
  trace: common,
  logs: { ...common, limit: { type: 'string' }, span: { type: 'string' } },
} as const;

const defaultLimit = 50;
const defaultLogLimit = 100;

/** Reads the arguments after the program's name. @throws UsageError */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const [command, ...rest] = args;
  switch (command) {
    case 'collect': {
      const { values, positionals } = parse(options.collect, rest);
      const special = specialOf(values);
      if (special) return special;
      expectNone(command, positionals);
      return {
        command,
        common: commonOf(values),
        httpPort: portOf('--http-port', values['http-port'], 4318),
        grpcPort: portOf('--grpc-port', values['grpc-port'], 4317),
        zipkinPort:
          values['zipkin-port'] === undefined ? null : portOf('--zipkin-port', values['zipkin-port'], 0),
      };
    }
    case 'traces': {
      const { values, positionals } = parse(options.traces, rest);
      const special = specialOf(values);
      if (special) return special;
      expectNone(command, positionals);
      if (values.query !== undefined) throw new UsageError('--query is not supported yet');
      return {
        command,
        common: commonOf(values),
        limit: integerOf('--limit', values.limit, defaultLimit, 1, 1_000_000),
      };
    }
    case 'trace': {
      const { values, positionals } = parse(options.trace, rest);
      const special = specialOf(values);
      if (special) return special;
      const [id, ...more] = positionals;
      if (id === undefined || id.trim() === '') throw new UsageError('trace needs an id');
      expectNone(command, more);
      return { command, common: commonOf(values), id };
    }
    case 'logs': {
      const { values, positionals } = parse(options.logs, rest);
      const special = specialOf(values);
      if (special) return special;
      const [id, ...more] = positionals;
      expectNone(command, more);
      if (id?.trim() === '') throw new UsageError('logs does not take an empty id');
      return {
        command,
        common: commonOf(values),
        id,
        spanId: spanOf(values.span),
        limit: integerOf('--limit', values.limit, defaultLogLimit, 1, 10_000_000),
      };
    }
    case '--help':
    case '-h':
    case 'help':
      return { command: 'help' };
    case '--version':
      return { command: 'version' };
    case undefined:
      throw new UsageError('a command is needed');
    default:
      throw new UsageError(
        command.startsWith('-') ? `unknown option '${command}'` : `unknown command '${command}'`,
      );
  }
}

type Options = (typeof options)[keyof typeof options];

function parse<O extends Options>(
  known: O,
  args: string[],
): ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>> {
  try {
    return parseArgs({ args, options: known, allowPositionals: true, strict: true });
  } catch (error) {
    // TypeError with a sentence of Node's, such as: Unknown option '--x'. To specify a positional argument …
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('. ', 1);
    throw new UsageError(sentence ?? '');
  }
}

function specialOf(values: { help?: boolean; version?: boolean }): CommandLine | undefined {
  if (values.help === true) return { command: 'help' };
  return values.version === true ? { command: 'version' } : undefined;
}

function commonOf(values: { json?: boolean; 'data-dir'?: string }): CommonOptions {
  if (values['data-dir'] === '') throw new UsageError('--data-dir needs a folder');
  return { json: values.json ?? false, dataDir: values['data-dir'] };
}

function expectNone(command: string, [first]: readonly string[]): void {
  if (first !== undefined) throw new UsageError(`${command} does not take '${first}'`);
}

function spanOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const spanId = parseSpanId(value.trim());
  if (spanId === undefined) throw new UsageError('--span needs a span id of 16 hex digits');
  return spanId;
}

function portOf(flag: string, value: string | undefined, fallback: number): number {
  return integerOf(flag, value, fallback, 0, 65535);
}

function integerOf(
  flag: string,
  value: string | undefined,
  fallback: number,
  least: number,
  most: number,
): number {
  if (value === undefined) return fallback;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new UsageError(`${flag} needs a whole number from ${least} to ${most}`);
  return number;
}
