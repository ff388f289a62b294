import type { Log } from '../log';

/** Signals of which nothing is stored. */
export type DiscardedSignal = 'metrics' | 'logs';

/** Counts what is received and thrown away, and says so in the log when it happens for the first time. */
export class Discards {
  private readonly counts: Record<DiscardedSignal, number> = { metrics: 0, logs: 0 };

  /** `onFirst` is called at the first discard of each signal. */
  constructor(
    private readonly log: Log,
    private readonly onFirst: () => void,
  ) {}

  add(signal: DiscardedSignal, count: number): void {
    if (count === 0) return;
    const first = this.counts[signal] === 0;
    this.counts[signal] += count;
    if (!first) return;
    this.log.write(
      'info',
      'ingest',
      `${signal} arrive; they are answered with success, counted and discarded: Causeway stores traces only`,
    );
    this.onFirst();
  }

  /** Metrics by their data points. */
  get metricDataPoints(): number {
    return this.counts.metrics;
  }

  get logRecords(): number {
    return this.counts.logs;
  }
}
