import type { Retention } from '../protocol/collectorProtocol';
import type { Journal } from './journal/journal';
import { dropSegment, nextToDrop, shouldRotate } from './retention';
import type { EngineChange } from './rpc/engineView';
import type { Store } from './store/store';

/** Age is looked at this often when nothing comes in, and a drop that failed is tried again. */
const checkEveryMs = 60_000;

/** Keeps the data within the limits: one drop at a time, beside everything else. */
export class RetentionKeeper {
  /** Since the collector started. */
  droppedSpans = 0;
  private spansInSegment = 0;
  private segment = 0;
  private running: Promise<void> | undefined;
  /** Raised when what is under way must stop. */
  private generation = 0;
  private closed = false;
  private failedAt = -Infinity;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly store: Store,
    private readonly journal: Journal,
    private limits: Retention,
    private readonly log: (level: 'info' | 'warn' | 'error', message: string) => void,
    private readonly onChange: (change: EngineChange) => void,
  ) {
    this.timer = setInterval(() => this.check(), checkEveryMs).unref();
  }

  get isDropping(): boolean {
    return this.running !== undefined;
  }

  configure(limits: Retention): void {
    this.limits = limits;
    this.check();
  }

  /** Starts a new segment where the one that is written to holds enough to be dropped as a whole. */
  beforeAppend(): void {
    const current = this.journal.newest;
    if (!current) return;
    if (current.number !== this.segment) {
      this.segment = current.number;
      this.spansInSegment = 0;
    }
    if (shouldRotate(current, this.spansInSegment, this.limits, Date.now())) this.journal.rotate();
  }

  added(spans: number): void {
    this.spansInSegment += spans;
  }

  /** Starts dropping where a limit is passed. */
  check(): void {
    if (this.running || this.closed || !this.next()) return;
    if (performance.now() - this.failedAt < checkEveryMs / 2) return;
    this.running = this.run();
  }

  /** The data are being cleared: nothing that is under way may change them any more. */
  interrupt(): void {
    this.generation++;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.generation++;
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    const { generation, store, journal } = this;
    try {
      for (let segment = this.next(); segment && generation === this.generation; segment = this.next()) {
        const { number } = segment;
        if (number === journal.newest?.number) journal.rotate();
        const before = this.droppedSpans;
        await dropSegment(segment, {
          store,
          journal,
          isCurrent: () => generation === this.generation,
          onFailure: error => this.log('error', `retention: ${String(error)}`),
          onDropped: ({ spans, removed, changed }) => {
            this.droppedSpans += spans;
            this.onChange({ traces: changed, removed, cleared: false });
          },
        });
        this.log(
          'info',
          `retention dropped journal segment ${number} and ${this.droppedSpans - before} spans`,
        );
      }
    } catch (error) {
      this.failedAt = performance.now();
      this.log('error', `retention stopped: ${String(error)}`);
    } finally {
      this.running = undefined;
    }
  }

  private next() {
    return nextToDrop(this.journal, this.store.tables.spanCount, this.limits, Date.now());
  }
}
