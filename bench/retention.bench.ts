import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../src/collector/engine';
import { openEngine } from '../src/collector/openEngine';
import { encodeTraces } from '../src/otlp/encodeTraces';
import { createSpanBatch, shallowDecode } from '../src/otlp/shallowDecode';
import { formatNumber, type BenchRow } from './lib/measure';
import { sampleBatch } from './lib/sampleTraces';

const spansPerRequest = 512;
const stored = 1_000_000;
/** Requests of the stream that comes while something is measured. */
const streamed = 160;
const atOnce = 8;
const roomy = { maxSpans: 100_000_000, maxBytes: 2 ** 40, maxAgeSeconds: 1_000_000 };

/**
 * The longest turn of the event loop, and how fast spans are taken in, with much stored: without retention, while retention
 * drops what the same stream makes too much, while traces are deleted, while half of everything is dropped, and when a
 * snapshot is made. Once with a million spans in traces of 30, once with 300,000 traces of one span.
 */
export async function bench(): Promise<BenchRow[]> {
  return [...(await benchShape('traces of 30 spans', 30)), ...(await benchShape('one-span traces', 1))];
}

async function benchShape(shape: string, traceSpans: number): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'causeway-bench-'));
  const engine = await openEngine({
    dataDir,
    retention: roomy,
    log: () => undefined,
    snapshotSpans: Infinity,
  });
  const requests = new Requests(traceSpans);
  const total = traceSpans === 1 ? 300_000 : stored;
  const rows: BenchRow[] = [];
  try {
    await ingest(engine, requests, Math.ceil(total / spansPerRequest));
    const idle = await longestTurn(() => sleep(2000));
    const row = (what: string, { longest, rate }: Measured, reference: Measured): void => {
      rows.push({
        name: `${shape}, ${what}: longest turn`,
        value: longest,
        unit: 'ms',
        reference: `idle: ${formatNumber(idle.longest)}`,
        ratio: NaN,
        target: '< 50 ms',
      });
      if (rate === undefined) return;
      rows.push({
        name: `${shape}, ${what}: taken in`,
        value: rate,
        unit: 'k spans/CPU-s',
        reference: `without retention: ${formatNumber(reference.rate ?? NaN)}`,
        ratio: rate / (reference.rate ?? NaN),
        target: '',
      });
    };
    const stream = () => ingest(engine, requests, streamed);
    const free = await longestTurn(stream);
    row('ingest without retention', free, free);
    const { spans } = engine.counts();
    engine.configureRetention({ ...roomy, maxSpans: spans });
    row('ingest with retention', await longestTurn(stream), free);
    await settled(engine);
    const ids = engine.listTraces(10_000).map(summary => summary.traceId);
    row('deleting 10,000 traces', await longestTurn(() => engine.delete(ids)), free);
    const dropping = () => {
      engine.configureRetention({ ...roomy, maxSpans: spans / 2 });
      return settled(engine);
    };
    row('dropping half', await longestTurn(dropping), free);
    row('closing, with the snapshot', await longestTurn(() => engine.close()), free);
  } finally {
    await engine.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return rows;
}

interface Measured {
  readonly longest: number;
  /** Thousands of spans a second of CPU time, where some were taken in. */
  readonly rate: number | undefined;
}

/**
 * The CPU time, in milliseconds, of the longest turn of the event loop while `work` goes on, the threads of garbage
 * collector and file system included: on a busy machine the clock on the wall measures the others.
 */
async function longestTurn(work: () => Promise<unknown>): Promise<Measured> {
  let longest = 0;
  let before = process.cpuUsage();
  const watch = (): void => {
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.cpuUsage();
    watching = setImmediate(watch);
  };
  let watching = setImmediate(watch);
  const start = process.cpuUsage();
  const spans = await work();
  const { user, system } = process.cpuUsage(start);
  clearImmediate(watching);
  return { longest, rate: typeof spans === 'number' ? (spans * 1000) / (user + system) : undefined };
}

async function settled(engine: Engine): Promise<void> {
  do await sleep(20);
  while (engine.isRetaining);
}

/** One request a turn, as sockets bring them, and a few on their way to the journal. Answers how many spans those were. */
async function ingest(engine: Engine, requests: Requests, count: number): Promise<number> {
  for (let i = 0; i < count; i += atOnce) {
    const acknowledged: Promise<unknown>[] = [];
    for (let n = 0; n < atOnce; n++) {
      acknowledged.push(engine.ingest(requests.next()));
      await nextTurn();
    }
    await Promise.all(acknowledged);
  }
  return count * spansPerRequest;
}

/** Requests without end: the same bytes with other trace ids, which costs nothing to make. */
class Requests {
  private readonly template: Buffer;
  private readonly traceIdsAt: readonly number[];
  private count = 0;

  constructor(private readonly traceSpans: number) {
    this.template = Buffer.from(encodeTraces(sampleBatch(spansPerRequest, 1)));
    const batch = createSpanBatch(spansPerRequest);
    shallowDecode(this.template, batch);
    // Span.trace_id is the first field that encodeTraces writes: its tag and length take two bytes.
    this.traceIdsAt = Array.from(batch.offset.subarray(0, batch.count), offset => offset + 2);
  }

  next(): Buffer {
    const bytes = Buffer.from(this.template);
    for (const [i, at] of this.traceIdsAt.entries()) {
      if (i % this.traceSpans === 0) this.count++;
      bytes.writeUInt32BE(Math.imul(this.count, 0x9e3779b1) >>> 0, at);
      bytes.writeUInt32BE(this.count, at + 4);
    }
    return bytes;
  }
}
