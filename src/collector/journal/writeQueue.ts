import { JournalError } from './journalError';
import type { Location } from './location';
import type { SegmentWriter } from './segmentWriter';

export interface WriteQueueOptions {
  /** More than this does not wait in memory, one frame excepted. */
  readonly maxBytes: number;
  /** The longest pause between two attempts at a write that failed, ms. */
  readonly retryMs: number;
  /** Writes `buffers` behind what `segment` has; rejects with the error of the file system. */
  readonly write: (segment: SegmentWriter, buffers: readonly Uint8Array[]) => Promise<void>;
  /** A write failed: what waits stays in memory and is tried again. Called once until `onRecovered`. */
  readonly onStalled: (error: JournalError) => void;
  /** The write that failed was done. */
  readonly onRecovered: () => void;
  /** The queue was closed while nothing could be written. */
  readonly onDropped: (bytes: number, error: JournalError) => void;
}

interface Frame {
  readonly segment: SegmentWriter;
  readonly location: Location;
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  outcome: Outcome;
}

/** One write takes at most this many frames: two buffers each, and writev takes 1024 (IOV_MAX). */
const framesPerWrite = 256;
const bytesPerWrite = 16 * 1024 * 1024;
const firstRetryMs = 50;

/**
 * Frames on their way to their files, in order. Those that come while a write is under way go out together in the next
 * one. Where the disk does not take them they wait, each at the place it was promised, and are tried again.
 */
export class WriteQueue {
  private waiting: Frame[] = [];
  private waitingBytes = 0;
  private running: Promise<void> | undefined;
  private failure: JournalError | undefined;
  private closed = false;
  private wake: () => void = () => undefined;

  constructor(private readonly options: WriteQueueOptions) {}

  /** Bytes of payloads that wait to be written. */
  get bytes(): number {
    return this.waitingBytes;
  }

  /** Whether the last write failed. */
  get isStalled(): boolean {
    return this.failure !== undefined;
  }

  /** Throws JournalError 'overloaded' where another `length` bytes are too many. */
  admit(length: number): void {
    if (this.waiting.length === 0 || this.waitingBytes + length <= this.options.maxBytes) return;
    throw new JournalError('overloaded', `${this.waitingBytes} bytes already wait to be written`);
  }

  /**
   * Resolves once the frame is in its file. Rejects with JournalError 'write-failed' as soon as the disk does not take
   * it: it stays in the queue then.
   */
  add(segment: SegmentWriter, location: Location, header: Uint8Array, payload: Uint8Array): Promise<void> {
    const outcome = newOutcome();
    if (this.failure) outcome.settle(this.failure);
    this.waiting.push({ segment, location, header, payload, outcome });
    this.waitingBytes += payload.length;
    this.running ??= this.run();
    return outcome.promise;
  }

  /** Resolves once everything added so far is written; rejects with JournalError 'write-failed' as `add` does. */
  async written(): Promise<void> {
    await this.waiting.at(-1)?.outcome.promise;
  }

  /** The bytes at `location` where they still wait. */
  find({ segment, offset, length }: Location): Uint8Array | undefined {
    let low = 0;
    let high = this.waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.waiting[middle]?.location;
      if (at && (at.segment < segment || (at.segment === segment && at.offset <= offset))) low = middle + 1;
      else high = middle;
    }
    const frame = this.waiting[low - 1];
    if (frame?.location.segment !== segment) return undefined;
    const from = offset - frame.location.offset;
    return from + length <= frame.payload.length ? frame.payload.subarray(from, from + length) : undefined;
  }

  /** What waits, in order. */
  frames(): { readonly kind: number; readonly location: Location }[] {
    return this.waiting.map(({ header, location }) => ({ kind: header[8] ?? 0, location }));
  }

  /** Takes out the frames of segments below `segment`: nobody wants them any more. */
  forgetBelow(segment: number): void {
    const end = this.waiting.findIndex(frame => frame.location.segment >= segment);
    this.take(end < 0 ? this.waiting.length : end, new JournalError('closed', 'the data were deleted'));
  }

  /** Writes what waits, or drops it where that fails. */
  async close(): Promise<void> {
    this.closed = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    // Frames of the same turn go together.
    await Promise.resolve();
    for (let retryMs = firstRetryMs; this.waiting.length > 0;) {
      const group = this.nextGroup();
      const [first] = group;
      if (!first) break;
      try {
        await this.options.write(
          first.segment,
          group.flatMap(frame => [frame.header, frame.payload]),
        );
      } catch (error) {
        // The data were deleted meanwhile, and the file with them.
        if (this.waiting[0] !== first) continue;
        const failure = this.stall(error);
        if (this.closed) {
          this.options.onDropped(this.waitingBytes, failure);
          this.take(this.waiting.length, failure);
        } else {
          await this.pause(retryMs);
          retryMs = Math.min(retryMs * 2, this.options.retryMs);
        }
        continue;
      }
      retryMs = firstRetryMs;
      this.recover();
      if (this.waiting[0] === first) this.take(group.length);
    }
    this.running = undefined;
  }

  /** The frames of the next write: they stay in `waiting` until they are written. */
  private nextGroup(): readonly Frame[] {
    let bytes = 0;
    const end = this.waiting.findIndex((frame, i) => {
      bytes += frame.payload.length;
      return (
        i > 0 && (i >= framesPerWrite || bytes > bytesPerWrite || frame.segment !== this.waiting[0]?.segment)
      );
    });
    return this.waiting.slice(0, end < 0 ? undefined : end);
  }

  private take(count: number, error?: JournalError): void {
    for (const { payload, outcome } of this.waiting.splice(0, count)) {
      this.waitingBytes -= payload.length;
      outcome.settle(error);
    }
  }

  private stall(cause: unknown): JournalError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const isNew = !this.failure;
    const failure = new JournalError('write-failed', `the journal cannot be written: ${reason}`, { cause });
    this.failure = failure;
    if (isNew) this.options.onStalled(failure);
    for (const { outcome } of this.waiting) outcome.settle(failure);
    return failure;
  }

  private recover(): void {
    if (!this.failure) return;
    this.failure = undefined;
    // Who asks from now on can wait for it.
    for (const frame of this.waiting) frame.outcome = newOutcome();
    this.options.onRecovered();
  }

  private async pause(ms: number): Promise<void> {
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms).unref();
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

interface Outcome {
  readonly promise: Promise<void>;
  /** A second call does nothing. */
  readonly settle: (error?: Error) => void;
}

function newOutcome(): Outcome {
  let settle: Outcome['settle'] = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = error => (error ? reject(error) : resolve());
  });
  // Not everybody waits for it; a failure is told through onStalled.
  promise.catch(() => undefined);
  return { promise, settle };
}
