import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectCollector, type CollectorClient } from '../src/client/collectorClient';
import { defaultSettings } from '../src/protocol/collectorArguments';
import type { Status } from '../src/protocol/collectorProtocol';
import { SoakLoad, type Sent } from './lib/soakLoad';

// `npm run soak [-- minutes]`: ten minutes of spans and logs over HTTP and gRPC into a collector process at half the
// maximum rate, which is measured first, with retention at work. Prints a table and whether memory and latency stay as
// they are; exits with 1 where they do not, or where something was refused or is missing.

const samples = 30;
const flatWithin = 0.1;
/** Percentiles of a shared machine waver by more than the collector does. */
const tailFlatWithin = 0.25;
const askEveryMs = 100;

interface Sample {
  readonly status: Status;
  readonly sent: Sent;
  readonly seconds: number;
  /** How long the collector took to answer a question while it received, worst case, ms: holds its event loop's delay. */
  readonly answerMs: number;
}

async function main(minutes: number): Promise<void> {
  const root = path.dirname(import.meta.dirname);
  const dataDir = realpathSync(mkdtempSync(path.join(tmpdir(), 'causeway-soak-')));
  const client = connectCollector({
    dataDir,
    settings: {
      ...defaultSettings,
      httpPort: 0,
      grpcPort: 0,
      retention: { maxSpans: 300_000, maxBytes: 512 * 1024 * 1024, maxAgeSeconds: 14 * 24 * 3600 },
    },
    execPath: process.execPath,
    collectorPath: path.join(root, 'dist', 'collector.js'),
    version: '0.0.0-soak',
    client: 'test',
    log: () => undefined,
    autoStart: true,
    graceMs: 1000,
  });
  try {
    process.exitCode = (await soak(client, minutes)) ? 0 : 1;
  } finally {
    const { pid } = await ask(client);
    await client.request('shutdown', { reason: 'the soak is over' });
    client.dispose();
    while (isRunning(pid)) await sleep(50);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function soak(client: CollectorClient, minutes: number): Promise<boolean> {
  const { http, grpc } = await ask(client);
  if (http.state !== 'listening' || grpc.state !== 'listening') throw new Error('no port');
  const load = new SoakLoad(http.port, grpc.port);
  const sampleMs = (minutes * 60_000) / samples;
  // The first turn fills the store up to retention's limit and warms the compilers up.
  const warm = await load.send(Math.max(20_000, sampleMs));
  const max = await load.send(20_000);
  const perSecond = max.requests / 20 / 2;
  console.log(
    `maximum ${rate(max.spans, 20)} spans/s and ${rate(max.logs, 20)} log records/s; half of it for ${minutes} min`,
  );
  const taken: Sample[] = [];
  for (let i = 0; i < samples; i++) {
    const begun = performance.now();
    let over = false;
    const answers = slowestAnswer(client, () => over);
    const sent = await load.send(sampleMs, perSecond);
    over = true;
    const seconds = (performance.now() - begun) / 1000;
    taken.push({ sent, seconds, answerMs: await answers, status: await ask(client) });
    print(taken, sampleMs);
  }
  load.close();
  return judge(taken, [warm, max]);
}

async function slowestAnswer(client: CollectorClient, isOver: () => boolean): Promise<number> {
  let slowest = 0;
  while (!isOver()) {
    const asked = performance.now();
    await ask(client);
    slowest = Math.max(slowest, performance.now() - asked);
    await sleep(askEveryMs);
  }
  return slowest;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function ask(client: CollectorClient): Promise<Status> {
  return (await client.request('status', {})).result;
}

function print(taken: readonly Sample[], sampleMs: number): void {
  if (taken.length === 1)
    console.log(
      'minute  spans/s  p50 ms  p99 ms  max ms  answer ms  RSS MiB  journal MiB  stored spans  dropped spans  refused',
    );
  const last = taken.at(-1);
  if (!last) return;
  const { sent, status, seconds, answerMs } = last;
  const cells = [
    ((taken.length * sampleMs) / 60_000).toFixed(1).padStart(6),
    rate(sent.spans, seconds).padStart(7),
    percentile(sent.millis, 0.5).toFixed(1).padStart(6),
    percentile(sent.millis, 0.99).toFixed(1).padStart(6),
    percentile(sent.millis, 1).toFixed(0).padStart(6),
    answerMs.toFixed(0).padStart(9),
    mebibytes(status.memoryBytes).padStart(7),
    mebibytes(status.journalBytes).padStart(11),
    String(status.spanCount).padStart(12),
    String(status.droppedByRetention).padStart(13),
    String(sent.refused).padStart(7),
  ];
  console.log(cells.join('  '));
}

function judge(taken: readonly Sample[], before: readonly Sent[]): boolean {
  const third = Math.floor(taken.length / 3);
  const middle = taken.slice(third, 2 * third);
  const last = taken.slice(2 * third);
  const ratio = (figure: (sample: Sample) => number): number =>
    median(last.map(figure)) / median(middle.map(figure));
  const memory = ratio(({ status }) => status.memoryBytes);
  const p50 = ratio(({ sent }) => percentile(sent.millis, 0.5));
  const p99 = ratio(({ sent }) => percentile(sent.millis, 0.99));
  const all = [...before, ...taken.map(({ sent }) => sent)];
  const refused = taken.reduce((sum, { sent }) => sum + sent.refused, 0);
  const acknowledged = all.reduce((sum, { spans }) => sum + spans, 0);
  const status = taken.at(-1)?.status;
  const kept = (status?.spanCount ?? 0) + (status?.droppedByRetention ?? 0);
  const verdicts: [string, boolean][] = [
    [`memory, last third against middle third: ${memory.toFixed(3)}`, memory <= 1 + flatWithin],
    [`latency, median: ${p50.toFixed(3)}`, p50 <= 1 + flatWithin],
    [`latency, 99th percentile: ${p99.toFixed(3)}`, p99 <= 1 + tailFlatWithin],
    [`retention dropped ${status?.droppedByRetention ?? 0} spans`, (status?.droppedByRetention ?? 0) > 0],
    [`refused at half the maximum rate: ${refused}`, refused === 0],
    [`acknowledged ${acknowledged} spans; stored and dropped ${kept}`, kept >= acknowledged],
  ];
  for (const [text, isGood] of verdicts) console.log(`${isGood ? 'good' : 'BAD '}  ${text}`);
  return verdicts.every(([, isGood]) => isGood);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function rate(count: number, seconds: number): string {
  return (count / seconds).toFixed(0);
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}

main(Number(process.argv[2] ?? 10)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
