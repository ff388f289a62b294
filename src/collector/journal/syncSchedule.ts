import type { SegmentWriter } from './segmentWriter';

/** fdatasync does not wait for the timer once this much is unsynced. */
const syncAtBytes = 16 * 1024 * 1024;

/** Makes what is written survive a power loss, by fdatasync some time later; and holds the one file that is written to. */
export class SyncSchedule {
  private open: SegmentWriter | undefined;
  private unsyncedBytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private syncing: Promise<void> = Promise.resolve();

  constructor(
    /** fdatasync comes at most this long after a write, ms; 0 = before the write is over. */
    private intervalMs: number,
    private readonly onFailure: (error: Error) => void,
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
    else this.timer ??= setTimeout(() => this.report(this.sync()), this.intervalMs).unref();
  }

  /** Resolves once all that was written so far would survive a power loss. */
  sync(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.unsyncedBytes = 0;
    const { open } = this;
    return this.next(async () => open?.sync());
  }

  /** Lets go of a segment whose file is about to be deleted. */
  async forget(number: number): Promise<void> {
    if (this.open?.number !== number) return;
    const { open } = this;
    this.open = undefined;
    await open.retire().catch((error: unknown) => this.onFailure(toError(error)));
  }

  async close(): Promise<void> {
    try {
      await this.sync();
    } finally {
      await this.next(async () => this.open?.close());
    }
  }

  private async finish(segment: SegmentWriter): Promise<void> {
    try {
      await this.next(async () => {
        await segment.sync();
        await segment.close();
      });
    } catch (error) {
      this.onFailure(toError(error));
    }
  }

  /** One after the other, whatever became of the one before. */
  private next(action: () => Promise<void>): Promise<void> {
    this.syncing = this.syncing.then(action, action);
    return this.syncing;
  }

  private report(sync: Promise<void>): void {
    sync.catch((error: unknown) => this.onFailure(toError(error)));
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
