import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../../../../src/collector/engine';
import type { EngineOptions } from '../../../../../src/collector/openEngine';
import { openTestEngine } from '../../ingest/support/dataFolders';
import { request, type SpanFields } from '../../ingest/support/requests';

/** Limits that no test reaches. */
export const roomy = { maxSpans: 10_000_000, maxBytes: 2 ** 32, maxAgeSeconds: 1_000_000 };

/** Far more than it takes, also on a machine that is busy with other things. */
const settlesWithinMs = 60_000;

/** Numbers of the stored traces, ascending. */
export const traceNumbers = (engine: Engine) =>
  engine
    .listTraces(10_000)
    .map(summary => Number(summary.traceId))
    .sort((a, b) => a - b);

/** Sends one request a trace number, each with `count` spans. */
export async function send(
  engine: Engine,
  from: number,
  to: number,
  count = 10,
  padding = 100,
): Promise<void> {
  for (let trace = from; trace <= to; trace++) {
    const spans = Array.from({ length: count }, (_, i): SpanFields => ({
      trace,
      id: i + 1,
      start: trace * 1000,
      padding,
    }));
    await engine.ingest(request('cart', ...spans));
  }
}

export const hasSegment = (folder: string, number: number) =>
  existsSync(join(folder, 'journal', `${String(number).padStart(8, '0')}.seg`));

/** Waits for what retention does beside everything else. */
export async function settled(engine: Engine, done: () => boolean): Promise<void> {
  const began = performance.now();
  while (!done()) {
    await sleep(5);
    assert.ok(performance.now() - began < settlesWithinMs, 'retention does not get there');
  }
  await engine.flush();
}

/** Closes the engine and opens its folder again; without the snapshot it is as after a kill. */
export async function reopened(
  engine: Engine,
  folder: string,
  withSnapshot: boolean,
  options: Partial<EngineOptions> = {},
): Promise<Engine> {
  await engine.close();
  if (!withSnapshot) rmSync(join(folder, 'index.sqlite'), { force: true });
  return openTestEngine(folder, options);
}
