import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { readSettings } from '../../../src/editor/collector/readSettings';
import { settings } from '../../../src/editor/contributions';
import { defaultSettings } from '../../../src/protocol/collectorArguments';
import { collectorSettings } from '../../../src/protocol/collectorProtocol';

interface Property {
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly scope: string;
  readonly order: number;
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { configuration: { properties: Record<string, Property> } };
};
const { properties } = contributes.configuration;
const megabyte = 1024 * 1024;

describe('the settings of the collector', () => {
  it('are the collector’s own defaults where the user has set nothing', () => {
    assert.deepEqual(
      readSettings(id => properties[id]?.default),
      defaultSettings,
    );
  });

  it('are what the user has set', () => {
    const set: Record<string, unknown> = {
      [settings.httpPort]: 14318,
      [settings.grpcPort]: 0,
      [settings.zipkinPort]: 9411,
      [settings.allowedOrigins]: ['https://app.example'],
      [settings.allowedHosts]: ['host.docker.internal'],
      [settings.syncInterval]: 0,
      [settings.maxMemoryMegabytes]: 192,
      [settings.maxRequestMegabytes]: 8,
      [settings.maxSpans]: 5000,
      [settings.maxMegabytes]: 16,
      [settings.maxAgeHours]: 1,
    };
    assert.deepEqual(
      readSettings(id => set[id]),
      {
        httpPort: 14318,
        grpcPort: 0,
        zipkinPort: 9411,
        allowedOrigins: ['https://app.example'],
        allowedHosts: ['host.docker.internal'],
        syncIntervalMs: 0,
        maxMemoryBytes: 192 * megabyte,
        maxRequestBytes: 8 * megabyte,
        retention: { maxSpans: 5000, maxBytes: 16 * megabyte, maxAgeSeconds: 3600 },
      },
    );
  });

  const wrong: readonly (readonly [setting: keyof typeof settings, value: unknown])[] = [
    ['httpPort', '4318'],
    ['httpPort', null],
    ['grpcPort', 65_536],
    ['zipkinPort', 'off'],
    ['allowedOrigins', 'https://app.example'],
    ['allowedOrigins', [1]],
    ['allowedHosts', { name: true }],
    ['syncInterval', -1],
    ['maxMemoryMegabytes', 191],
    ['maxMemoryMegabytes', '512'],
    ['maxMemoryMegabytes', Number.NaN],
    ['maxRequestMegabytes', 0],
    ['maxRequestMegabytes', 257],
    ['maxSpans', 12],
    ['maxMegabytes', 0],
    ['maxAgeHours', true],
  ];
  for (const [name, value] of wrong)
    it(`fall back to the default where ${name} is ${JSON.stringify(value)}, and keep the others`, () => {
      const read = readSettings(id => {
        if (id === settings[name]) return value;
        return id === settings.maxAgeHours ? 2 : undefined;
      });
      const maxAgeSeconds = name === 'maxAgeHours' ? defaultSettings.retention.maxAgeSeconds : 7200;
      assert.deepEqual(read, {
        ...defaultSettings,
        retention: { ...defaultSettings.retention, maxAgeSeconds },
      });
    });

  it('may be anything that the manifest allows', () => {
    for (const bound of ['minimum', 'maximum'] as const) {
      const read = readSettings(id => properties[id]?.[bound] ?? properties[id]?.default);
      assert.ok(collectorSettings.safeParse(read).success);
      assert.equal(read.syncIntervalMs, properties[settings.syncInterval]?.[bound]);
      assert.equal(read.maxMemoryBytes / megabyte, properties[settings.maxMemoryMegabytes]?.[bound]);
      assert.equal(read.maxRequestBytes / megabyte, properties[settings.maxRequestMegabytes]?.[bound]);
      assert.equal(read.retention.maxSpans, properties[settings.maxSpans]?.[bound]);
    }
  });

  it('belong to the machine, since all windows share one collector, and stand in one order', () => {
    const all = Object.values(properties);
    assert.deepEqual(new Set(all.map(({ scope }) => scope)), new Set(['machine']));
    assert.deepEqual(
      all.map(({ order }) => order),
      all.map((_, i) => i + 1),
    );
  });
});
