import type { Log } from '../log';

/** Counts the metrics that are received and thrown away, and says so in the log when it happens for the first time. */
export class Discards {
  /** Metrics by their data points. */
  metricDataPoints = 0;

  /** `onFirst` is called at the first discard. */
  constructor(
    private readonly log: Log,
    private readonly onFirst: () => void,
  ) {}

  add(dataPoints: number): void {
    if (dataPoints === 0) return;
    const isFirst = this.metricDataPoints === 0;
    this.metricDataPoints += dataPoints;
    if (!isFirst) return;
    this.log.write(
      'info',
      'ingest',
      'metrics arrive; they are answered with success, counted and discarded: Causeway stores traces and logs only',
    );
    this.onFirst();
  }
}
