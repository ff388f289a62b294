import assert from 'node:assert/strict';
import { parseCommandLine, type CommandLine } from '../../../src/cli/commandLine';
import { UsageError } from '../../../src/cli/exitCode';

const common = { json: false, dataDir: undefined };

describe('the command line', () => {
  const good: [args: string, expected: CommandLine][] = [
    ['--help', { command: 'help' }],
    ['-h', { command: 'help' }],
    ['help', { command: 'help' }],
    ['trace --help', { command: 'help' }],
    ['--version', { command: 'version' }],
    ['traces --version', { command: 'version' }],
    ['collect', { command: 'collect', common, httpPort: 4318, grpcPort: 4317, zipkinPort: null }],
    [
      'collect --http-port 0 --grpc-port=65535 --data-dir d --json',
      {
        command: 'collect',
        common: { json: true, dataDir: 'd' },
        httpPort: 0,
        grpcPort: 65535,
        zipkinPort: null,
      },
    ],
    [
      'collect --zipkin-port 9411',
      { command: 'collect', common, httpPort: 4318, grpcPort: 4317, zipkinPort: 9411 },
    ],
    ['logs', { command: 'logs', common, id: undefined, spanId: undefined, limit: 100 }],
    [
      'logs abc --span 00F067AA0BA902B7 --limit 5000 --json',
      {
        command: 'logs',
        common: { ...common, json: true },
        id: 'abc',
        spanId: '00f067aa0ba902b7',
        limit: 5000,
      },
    ],
    ['traces', { command: 'traces', common, limit: 50 }],
    ['traces --json --limit 7', { command: 'traces', common: { ...common, json: true }, limit: 7 }],
    ['trace abc', { command: 'trace', common, id: 'abc' }],
    ['trace --json abc', { command: 'trace', common: { ...common, json: true }, id: 'abc' }],
  ];
  for (const [args, expected] of good)
    it(`understands: ${args}`, () => assert.deepEqual(parseCommandLine(args.split(' ')), expected));

  const bad: [args: string[], message: RegExp][] = [
    [[], /a command is needed/],
    [['trases'], /unknown command 'trases'/],
    [['--jsn'], /unknown option '--jsn'/],
    [['traces', '--jsn'], /'--jsn'/],
    [['traces', 'abc'], /traces does not take 'abc'/],
    [['traces', '--limit'], /--limit/],
    [['traces', '--limit', '0'], /--limit needs a whole number from 1/],
    [['traces', '--limit', '1e3'], /--limit needs/],
    [['traces', '--limit=-1'], /--limit needs/],
    [['traces', '--query', '{}'], /--query is not supported yet/],
    [['collect', '--zipkin-port', 'on'], /--zipkin-port needs a whole number from 0 to 65535/],
    [['logs', 'a', 'b'], /logs does not take 'b'/],
    [['logs', ''], /logs does not take an empty id/],
    [['logs', '--span', 'xyz'], /--span needs a span id of 16 hex digits/],
    [['logs', '--span', '0000000000000000'], /--span needs a span id/],
    [['logs', '--limit', '0'], /--limit needs a whole number from 1/],
    [['trace'], /trace needs an id/],
    [['trace', ' '], /trace needs an id/],
    [['trace', 'a', 'b'], /trace does not take 'b'/],
    [['collect', '--http-port', '65536'], /--http-port needs a whole number from 0 to 65535/],
    [['collect', '--http-port', 'x'], /--http-port needs/],
    [['collect', '--data-dir='], /--data-dir needs a folder/],
    [['collect', '--limit', '3'], /--limit/],
  ];
  for (const [args, message] of bad)
    it(`refuses: ${args.join(' ') || '(nothing)'}`, () =>
      assert.throws(
        () => parseCommandLine(args),
        error => error instanceof UsageError && message.test(error.message),
      ));
});
