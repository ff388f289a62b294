import * as z from 'zod/mini';
import { complaint } from './complaint';
import { collectorSettings, type CollectorSettings } from './collectorProtocol';

/** How a client starts a collector: the command line of `collector.js`, written and read by this file alone. */
export interface CollectorArguments {
  readonly dataDir: string;
  readonly settings: CollectorSettings;
  /** How long the collector stays when no client is connected, ms; `Infinity` = until it is told to end. */
  readonly graceMs: number;
  /** A process whose end ends the collector too. */
  readonly parent?: number;
}

/** What the exit code of a collector says to the client that started it. */
export const collectorExit = {
  ok: 0,
  /** Something is wrong; the log says what. */
  failed: 1,
  badArguments: 2,
  /** Another process holds the data folder: nothing is wrong, connect to that one. */
  dataFolderHeld: 3,
} as const;

export const defaultGraceMs = 5000;

export const defaultSettings: CollectorSettings = collectorSettings.parse({
  httpPort: 4318,
  grpcPort: 4317,
  retention: { maxSpans: 1_000_000, maxBytes: 2 * 1024 * 1024 * 1024, maxAgeSeconds: 14 * 24 * 3600 },
});

export function formatCollectorArguments({
  dataDir,
  settings,
  graceMs,
  parent,
}: CollectorArguments): string[] {
  const values = {
    '--data-dir': dataDir,
    '--settings': JSON.stringify(settings),
    '--grace': graceMs,
    '--parent': parent ?? 'none',
  };
  return Object.entries(values).flatMap(([flag, value]) => [flag, String(value)]);
}

const numeral = z.pipe(
  z.string().check(z.regex(/^\d+$/)),
  z.transform((digits: string) => Number(digits)),
);
const json = z.pipe(
  z.string(),
  z.transform((text: string, { issues }): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      issues.push({ code: 'custom', message: 'no JSON', input: text });
      return z.NEVER;
    }
  }),
);
/** Where `word` stands for `value`. */
const wordFor = <T>(word: string, value: T) =>
  z.pipe(
    z.literal(word),
    z.transform(() => value),
  );
const flags = z.strictObject({
  '--data-dir': z.string().check(z.minLength(1)),
  '--settings': z._default(z.pipe(json, collectorSettings), defaultSettings),
  '--grace': z._default(z.union([numeral, wordFor('Infinity', Infinity)]), defaultGraceMs),
  '--parent': z.optional(z.union([numeral, wordFor('none', undefined)])),
});

/** The arguments in `argv` (without node and script), or one sentence on what is wrong with them. */
export function parseCollectorArguments(
  argv: readonly string[],
): CollectorArguments | { readonly error: string } {
  const given: Record<string, string> = {};
  for (let i = 0; i < argv.length; i += 2) {
    const flag = argv[i];
    const value = argv[i + 1];
    if (flag === undefined || value === undefined) return { error: `${flag ?? ''} needs a value` };
    given[flag] = value;
  }
  const parsed = flags.safeParse(given);
  if (!parsed.success) return { error: complaint(parsed.error) };
  const parent = parsed.data['--parent'];
  return {
    dataDir: parsed.data['--data-dir'],
    settings: parsed.data['--settings'],
    graceMs: parsed.data['--grace'],
    ...(parent === undefined ? {} : { parent }),
  };
}
