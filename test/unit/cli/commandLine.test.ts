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
    ['collect', { command: 'collect', common, httpPort: 4318, grpcPort: 4317 }],
    [
      'collect --http-port 0 --grpc-port=65535 --data-dir d --json',
      { command: 'collect', common: { json: true, dataDir: 'd' }, httpPort: 0, grpcPort: 65535 },
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
