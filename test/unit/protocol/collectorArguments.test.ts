import assert from 'node:assert/strict';
import {
  defaultGraceMs,
  defaultSettings,
  formatCollectorArguments,
  parseCollectorArguments,
  type CollectorArguments,
} from '../../../src/protocol/collectorArguments';

describe('the arguments of the collector', () => {
  const cases: CollectorArguments[] = [
    { dataDir: '/data/with space/ü', settings: defaultSettings, graceMs: 300 },
    {
      dataDir: 'C:\\Users\\ada',
      settings: { ...defaultSettings, httpPort: 0, grpcPort: 65535 },
      graceMs: Infinity,
      parent: 4711,
    },
    {
      dataDir: 'd',
      settings: {
        ...defaultSettings,
        retention: { maxSpans: 1000, maxBytes: 1024 * 1024, maxAgeSeconds: 60 },
      },
      graceMs: 0,
    },
    {
      dataDir: 'd',
      settings: { ...defaultSettings, zipkinPort: 9411, allowedOrigins: ['https://app.example'] },
      graceMs: 0,
    },
  ];
  for (const each of cases)
    it(`come back as they were written: ${JSON.stringify(each)}`, () =>
      assert.deepEqual(parseCollectorArguments(formatCollectorArguments(each)), each));

  it('have defaults for all but the data folder', () => {
    assert.deepEqual(parseCollectorArguments(['--data-dir', 'd']), {
      dataDir: 'd',
      settings: defaultSettings,
      graceMs: defaultGraceMs,
    });
    assert.deepEqual(
      parseCollectorArguments(['--data-dir', 'd', '--parent', 'none']),
      parseCollectorArguments(['--data-dir', 'd']),
    );
  });

  const bad: [args: string[], says: RegExp][] = [
    [[], /expected string, received undefined[^]*data-dir/],
    [['--data-dir'], /--data-dir needs a value/],
    [['--data-dir', 'd', '--nonsense', '1'], /Unrecognized key: "--nonsense"/],
    [['--data-dir', 'd', '--settings', '{'], /no JSON[^]*settings/],
    [['--data-dir', 'd', '--settings', '{"httpPort":70000}'], /expected number to be <=65535[^]*httpPort/],
    [['--data-dir', 'd', '--settings', '{"retention":{"maxSpans":1}}'], /maxSpans/],
    [['--data-dir', 'd', '--grace', '-1'], /grace/],
  ];
  for (const [args, says] of bad)
    it(`are refused with a reason: ${args.join(' ')}`, () => {
      const parsed = parseCollectorArguments(args);
      assert.ok('error' in parsed);
      assert.match(parsed.error, says);
    });
});
