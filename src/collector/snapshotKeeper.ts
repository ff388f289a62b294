import { setImmediate } from 'node:timers/promises';
import type { Journal } from './journal/journal';
import type { SnapshotFile } from './snapshotFile';
import type { Store } from './store/store';

/** A snapshot is written when this many spans are new and nothing came for a while … */
const spansWorthIt = 20_000;
const idleMs = 3_000;
/** … or when some are new for this long … */
const olderThanMs = 5 * 60_000;
/** … or, however busy it is, when replaying what is new would take seconds. */
const defaultSpansAtMost = 1_000_000;
/** One that failed is tried again after this, or when the collector ends. */
const retryMs = 60_000;

/** Writes snapshots of the store, so that a start need not replay the whole journal. */
export class SnapshotKeeper {
  /**
   * Whether rows are about to move to bytes that are in the journal already: a snapshot taken now would say that it
   * holds those, and refer to the segment that goes.
   */
  isBlocked: () => boolean = () => false;
  private newSpans = 0;
  private lastAddedAt = 0;
  private lastWrittenAt = performance.now();
  private failedAt = -Infinity;
  private changed = false;
  private running: Promise<void> = Promise.resolve();
  private isRunning = false;
  private held = false;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly store: Store,
    private readonly journal: Journal,
    private readonly file: SnapshotFile,
    private readonly onFailure: (error: unknown) => void,
    private readonly spansAtMost = defaultSpansAtMost,
  ) {
    this.timer = setInterval(() => this.check(), idleMs).unref();
  }

  added(spans: number): void {
    this.newSpans += spans;
    this.changed = true;
    this.lastAddedAt = performance.now();
    if (this.newSpans >= this.spansAtMost) this.check();
  }

  /** Retention took something out. */
  noteChange(): void {
    this.changed = true;
  }

  /** Removes the snapshot: the data were cleared. */
  async delete(): Promise<void> {
    await this.running;
    this.newSpans = 0;
    await this.file.delete();
  }

  /** No snapshot is written until `release`. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
  }

  /** Removes a snapshot that holds what must go; the next one is due at once. */
  async discard(): Promise<void> {
    await this.running;
    await this.file.delete();
    this.newSpans = this.store.tables.spanCount;
    this.changed = true;
  }

  /** Writes a last snapshot where there is something new. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    if (this.changed && !this.held) await this.write();
  }

  private check(): void {
    if (this.isRunning || this.held || !this.changed || this.isBlocked()) return;
    const now = performance.now();
    if (now - this.failedAt < retryMs) return;
    const isIdle = now - this.lastAddedAt >= idleMs;
    const isDue = this.newSpans >= spansWorthIt || now - this.lastWrittenAt >= olderThanMs;
    if ((isIdle && isDue) || this.newSpans >= this.spansAtMost) this.running = this.write();
  }

  private async write(): Promise<void> {
    this.isRunning = true;
    try {
      // Ids of traces that are gone must not be found again by the next start.
      while (this.store.remover.sweep()) await setImmediate();
      if (this.held || this.isBlocked()) return;
      const bytes = this.store.export(this.journal.end);
      this.newSpans = 0;
      this.changed = false;
      this.lastWrittenAt = performance.now();
      // What the snapshot refers to must be on disk before it is.
      await this.journal.flush();
      // Without a segment there is no place in the journal to say, and nothing to start from.
      if (this.journal.oldest) await this.file.write(bytes);
      else await this.file.delete();
    } catch (error) {
      this.failedAt = performance.now();
      this.changed = true;
      this.onFailure(error);
    } finally {
      this.isRunning = false;
    }
  }
}
