import type { SegmentWriter } from './segmentWriter';

/** fdatasync does not wait for the timer once this much is unsynced. */
const syncAtBytes = 16 * 1024 * 1024;
export interface SyncOutcomes {
  /** A sync, or the closing of a file, failed; it is tried again. */
  readonly onFailure: (error: Error) => void;
  /** All that was written is synced, after a failure. */
  readonly onRecovered: () => void;
}

/** Makes what is written survive a power loss, by fdatasync some time later; and holds the one file that is written to. */
export class SyncSchedule {
  private open: SegmentWriter | undefined;
  /** Segments that are not written to any more, and could not be synced. */
  private readonly behind = new Set<SegmentWriter>();
  private unsyncedBytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private syncing: Promise<void> = Promise.resolve();
  private hasFailed = false;
  private closed = false;

  constructor(
    /** fdatasync comes at most this long after a write, ms; 0 = before the write is over. */
    private intervalMs: number,
    /** One that failed is tried again after this, ms. */
    private readonly retryMs: number,
    private readonly outcomes: SyncOutcomes,
  ) {}

  configure(intervalMs: number): void {
    this.intervalMs = intervalMs;
    if (this.timer) this.report(this.sync());
  }

  /** Writes behind what `segment` has; rejects with the error of the file system. */
  async write(segment: SegmentWriter, buffers: readonly Uint8Array[]): Promise<void> {
    if (this.open !== segment) {
      const before = this.open;
      this.open = segment;
      if (before) await this.finish(before);
    }
    await segment.write(buffers, this.intervalMs === 0);
    if (this.intervalMs === 0) return;
    for (const { length } of buffers) this.unsyncedBytes += length;
    if (this.unsyncedBytes >= syncAtBytes) this.report(this.sync());
    else this.syncWithin(this.intervalMs);
  }

  /** Resolves once all that was written so far would survive a power loss. */
  sync(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.unsyncedBytes = 0;
    const { open } = this;
    return this.next(() => this.syncAll(open));
  }

  /** Lets go of a segment whose file is about to be deleted. */
  async forget(number: number): Promise<void> {
    const gone = [this.open, ...this.behind].find(segment => segment?.number === number);
    if (!gone) return;
    if (this.open === gone) this.open = undefined;
    this.behind.delete(gone);
    await gone.retire().catch((error: unknown) => this.outcomes.onFailure(toError(error)));
  }

  async close(): Promise<void> {
    this.closed = true;
    try {
      await this.sync();
    } finally {
      clearTimeout(this.timer);
      await this.next(async () => this.open?.close());
    }
  }

  private async finish(segment: SegmentWriter): Promise<void> {
    this.behind.add(segment);
    try {
      await this.next(async () => {
        await this.leave(segment);
      });
    } catch (error) {
      this.failed(toError(error));
    }
  }

  /** Answers whether there was anything to sync. */
  private async leave(segment: SegmentWriter): Promise<boolean> {
    try {
      const isSynced = await segment.sync();
      this.behind.delete(segment);
      return isSynced;
    } finally {
      await segment.close();
    }
  }

  private async syncAll(open: SegmentWriter | undefined): Promise<void> {
    let isSynced = false;
    for (const segment of this.behind) if (await this.leave(segment)) isSynced = true;
    if (await open?.sync()) isSynced = true;
    if (!this.hasFailed || !isSynced) return;
    this.hasFailed = false;
    this.outcomes.onRecovered();
  }

  /** One after the other, whatever became of the one before. */
  private next(action: () => Promise<void>): Promise<void> {
    this.syncing = this.syncing.then(action, action);
    return this.syncing;
  }

  private report(sync: Promise<void>): void {
    sync.catch((error: unknown) => this.failed(toError(error)));
  }

  private failed(error: Error): void {
    this.hasFailed = true;
    this.outcomes.onFailure(error);
    this.syncWithin(this.retryMs);
  }

  private syncWithin(ms: number): void {
    if (!this.closed) this.timer ??= setTimeout(() => this.report(this.sync()), ms).unref();
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
