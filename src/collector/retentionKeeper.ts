import type { Notice, Retention } from '../protocol/collectorProtocol';
import type { Journal } from './journal/journal';
import type { Notices } from './notices';
import { IndexLimit } from './indexLimit';
import { indexLimitedNotice } from './limitNotices';
import { segmentHeaderBytes } from './journal/segmentFormat';
import { trimLogs } from './logs/trimLogs';
import { dropSegment, type Dropped } from './retention';
import { isFullOfPinned, limitsBeside, nextToDrop, shouldRotate, type Pinned } from './retentionLimits';
import type { EngineChange } from './rpc/engineView';
import { slices } from './slices';
import type { Store } from './store/store';

/** Age is looked at this often when nothing comes in, and a drop that failed is tried again. */
const checkEveryMs = 60_000;

const fullOfPinnedNotice: Notice = {
  id: 'pinned-traces-fill-store',
  severity: 'warning',
  message:
    'Pinned traces take up nearly all the room there is for traces: others are dropped soon after they arrive. Unpin some, or raise the limits.',
  action: 'openSettings',
};

/** Keeps the data within the limits: one drop at a time, beside everything else. */
export class RetentionKeeper {
  /** Since the collector started. */
  droppedSpans = 0;
  droppedLogs = 0;
  /** Whether a segment is on its way out. */
  isDropping = false;
  private itemsInSegment = 0;
  private segment = 0;
  private running: Promise<void> | undefined;
  /** Raised when what is under way must stop. */
  private generation = 0;
  private closed = false;
  /** See makeRoom. */
  isMakingRoom = false;
  private held = false;
  private isFull = false;
  /** Bytes of pinned traces: what the last round through all segments wrote again for them. */
  private pinnedBytes = 0;
  /** What the present round, which ends with the segment of this number, has written again so far. */
  private round = { last: 0, pinnedBytes: 0 };
  private failedAt = -Infinity;
  private readonly indexLimit = new IndexLimit();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly store: Store,
    private readonly journal: Journal,
    private limits: Retention,
    /** See ageClock. */
    private readonly now: () => number,
    private readonly log: (level: 'info' | 'warn' | 'error', message: string) => void,
    private readonly notices: Notices,
    private readonly onChange: (change: EngineChange) => void,
  ) {
    this.timer = setInterval(() => this.check(), checkEveryMs).unref();
  }

  /** The store has no memory left: drops the oldest segment, whatever the limits say. */
  makeRoom(): void {
    if (this.closed || this.held) return;
    this.isMakingRoom = true;
    // Not in the midst of the change that failed. What is under way does it first.
    this.running ??= Promise.resolve().then(() => this.run());
  }

  configure(limits: Retention): void {
    this.limits = limits;
    this.check();
  }

  /** Beside the limits of retention: the oldest go where the index takes more memory than this, bytes. */
  limitIndex(maxBytes: number): void {
    if (maxBytes !== this.indexLimit.maxBytes) this.notices.withdraw(indexLimitedNotice.id);
    this.indexLimit.maxBytes = maxBytes;
    this.check();
  }

  /** Starts a new segment where the one that is written to holds enough to be dropped as a whole. */
  beforeAppend(): void {
    const current = this.journal.newest;
    if (!current) return;
    if (current.number !== this.segment) {
      this.segment = current.number;
      this.itemsInSegment = 0;
    }
    if (shouldRotate(current, this.itemsInSegment, this.limits, this.now())) this.journal.rotate();
  }

  /** So many spans or log records came in. */
  added(items: number): void {
    this.itemsInSegment += items;
  }

  /** A trace is pinned no longer, or gone: what pinned traces take is found out anew. */
  pinsLessened(): void {
    this.pinnedBytes = 0;
    this.check();
  }

  /** Starts dropping where a limit is passed. */
  check(): void {
    if (this.running || this.closed || this.held) return;
    if (!this.next() && !this.hasTooManyLogs()) return;
    if (performance.now() - this.failedAt < checkEveryMs / 2) return;
    this.running = this.run();
  }

  /** The data are being cleared: nothing that is under way may change them any more. */
  interrupt(): void {
    this.generation++;
    this.pinnedBytes = 0;
    this.round = { last: 0, pinnedBytes: 0 };
  }

  /** Stops what is under way, before its next change, and starts nothing until `release`. */
  hold(): void {
    this.held = true;
    this.generation++;
  }

  release(): void {
    this.held = false;
    // Pinned traces may be gone.
    this.pinsLessened();
  }

  /** Resolves when nothing is under way. */
  async stopped(): Promise<void> {
    await this.running;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.generation++;
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    const { generation, store, journal } = this;
    this.isDropping = true;
    let hasFailed = false;
    try {
      for (let segment = this.next(); segment && generation === this.generation; segment = this.next()) {
        const { number } = segment;
        if (number > this.round.last) this.beginRound();
        const { droppedSpans, droppedLogs } = this;
        await dropSegment(segment, {
          store,
          journal,
          isCurrent: () => generation === this.generation,
          onFailure: error => this.log('error', `retention: ${String(error)}`),
          onPinnedCarried: bytes => (this.round.pinnedBytes += bytes),
          onDropped: dropped => this.note(dropped),
        });
        this.isMakingRoom = false;
        this.log(
          'info',
          `retention dropped journal segment ${number}, ${this.droppedSpans - droppedSpans} spans and ${this.droppedLogs - droppedLogs} log records`,
        );
      }
      this.isDropping = false;
      if (generation === this.generation) await this.trimLogs(generation);
    } catch (error) {
      hasFailed = true;
      this.failedAt = performance.now();
      this.log('error', `retention stopped: ${String(error)}`);
    } finally {
      this.isDropping = false;
      this.isMakingRoom = false;
      this.running = undefined;
    }
    // What came while this was about to end found it at work. (Log records beyond the limit may all be pinned.)
    if (!hasFailed && this.next()) this.check();
  }

  private async trimLogs(generation: number): Promise<void> {
    const { store, droppedLogs } = this;
    const isCurrent = () => generation === this.generation;
    const onLogsDropped = (logs: number) => this.note({ spans: 0, logs, removed: [], changed: [] });
    await trimLogs(this.limits.maxSpans, { store, isCurrent, onLogsDropped }, slices());
    const dropped = this.droppedLogs - droppedLogs;
    if (dropped > 0) this.log('info', `retention dropped ${dropped} log records`);
  }

  private note({ spans, logs, removed, changed }: Dropped): void {
    this.droppedSpans += spans;
    this.droppedLogs += logs;
    this.onChange({ traces: changed, removed, cleared: false, logs: logs > 0 });
  }

  /** At most as many log records as spans may be kept. */
  private hasTooManyLogs(): boolean {
    return this.store.tables.logCount > this.limits.maxSpans;
  }

  private next() {
    const { pinned, limits } = this;
    this.tellIfFull(pinned);
    if (this.isMakingRoom) return this.journal.oldest;
    const next = nextToDrop(
      this.journal,
      this.store.tables.spanCount,
      limitsBeside(pinned, limits),
      this.now(),
    );
    return next ?? this.nextForMemory();
  }

  private nextForMemory() {
    const { oldest } = this.journal;
    if (!oldest || oldest.bytes <= segmentHeaderBytes || !this.indexLimit.isOver(this.store))
      return undefined;
    this.notices.add(indexLimitedNotice);
    return oldest;
  }

  private get pinned(): Pinned {
    return { spans: this.store.tables.pinnedSpans, bytes: this.pinnedBytes };
  }

  /** Every segment that was there when the last round began is gone: what it wrote again is what pinned traces take. */
  private beginRound(): void {
    this.pinnedBytes = this.round.pinnedBytes;
    // What is written again goes behind the round's last segment, and is not met twice in it.
    this.journal.rotate();
    this.round = { last: this.journal.newest?.number ?? 0, pinnedBytes: 0 };
  }

  private tellIfFull(pinned: Pinned): void {
    const isFull = isFullOfPinned(pinned, this.limits);
    if (isFull === this.isFull) return;
    this.isFull = isFull;
    if (isFull) this.notices.add(fullOfPinnedNotice);
    else this.notices.withdraw(fullOfPinnedNotice.id);
  }
}
