import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { eraseFrames, type Eraser } from './eraseFrames';
import { JournalError } from './journalError';
import type { JournalPosition, Location } from './location';
import {
  encodeFrameHeader,
  frameHeaderBytes,
  maxPayloadBytes,
  segmentFileName,
  frameKind,
  type FrameKind,
} from './segmentFormat';
import type { Segment } from './segment';
import { SegmentReader } from './segmentReader';
import { SegmentWriter } from './segmentWriter';
import { TornFolder } from './tornFolder';
import { SyncSchedule } from './syncSchedule';
import { WriteQueue } from './writeQueue';

export interface Appended {
  /** Where the payload lies, or will: known at once. */
  readonly location: Location;
  /**
   * Resolves once the bytes are in the file. Rejects with JournalError 'write-failed' where the disk does not take them:
   * they are kept, can be read, and are written as soon as it does.
   */
  readonly written: Promise<void>;
}

export interface JournalOptions {
  readonly folder: string;
  /** A segment that has reached this many bytes is followed by a new one. */
  readonly segmentBytes: number;
  /** fdatasync comes at most this long after a write; 0 = before an append resolves. */
  readonly syncIntervalMs: number;
  /** More than this does not wait in memory to be written, one frame excepted; 64 MiB when absent. */
  readonly maxUnwrittenBytes?: number;
  /** The longest pause between two attempts at a write that failed, and between two at a sync, ms; 1000 when absent. */
  readonly retryMs?: number;
  /** Milliseconds since the epoch; Date.now when absent. */
  readonly now?: () => number;
  /** The disk does not take what is to be written. Called before an append rejects, once until `onRecovered`. */
  readonly onStalled: (error: JournalError) => void;
  /** It takes it again. */
  readonly onRecovered: () => void;
  /** The journal was closed before the disk took these bytes, which nobody was told are safe. */
  readonly onDropped: (bytes: number, error: JournalError) => void;
  /** fdatasync or the closing of a file failed: what was acknowledged may not survive a power loss. */
  readonly onSyncFailure: (error: Error) => void;
  /** It does survive one: a sync has worked again. */
  readonly onSyncRecovered: () => void;
}

const defaultMaxUnwrittenBytes = 64 * 1024 * 1024;
const defaultRetryMs = 1000;

/**
 * The journal while it is written: numbered segment files, appended frame by frame (segmentFormat) through a WriteQueue.
 * Made by openJournal.
 */
export class Journal {
  private readonly reader: SegmentReader;
  private readonly known: Map<number, Segment>;
  private last: Segment | undefined;
  /** Where the next frame goes. */
  private current: SegmentWriter;
  private readonly queue: WriteQueue;
  private readonly schedule: SyncSchedule;
  private closed = false;
  private erasing: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: JournalOptions,
    segments: readonly Segment[],
  ) {
    this.reader = new SegmentReader(options.folder);
    const retryMs = options.retryMs ?? defaultRetryMs;
    this.schedule = new SyncSchedule(options.syncIntervalMs, retryMs, {
      onFailure: error => this.syncFailed(error),
      onRecovered: options.onSyncRecovered,
    });
    this.queue = new WriteQueue({
      maxBytes: options.maxUnwrittenBytes ?? defaultMaxUnwrittenBytes,
      retryMs,
      write: (segment, buffers) => this.schedule.write(segment, buffers),
      onStalled: options.onStalled,
      onRecovered: options.onRecovered,
      onDropped: options.onDropped,
    });
    this.known = new Map(segments.map(segment => [segment.number, segment]));
    this.last = segments.at(-1);
    const last = segments.at(-1);
    this.current =
      last && last.bytes < options.segmentBytes
        ? SegmentWriter.resume(options.folder, last)
        : SegmentWriter.create(options.folder, (last?.number ?? 0) + 1, 0);
  }

  /** Oldest first; the one that is written to is the last. */
  get segments(): readonly Segment[] {
    return [...this.known.values()];
  }

  get oldest(): Segment | undefined {
    return this.known.values().next().value;
  }

  /** The one that was appended to last. */
  get newest(): Segment | undefined {
    return this.last;
  }

  get bytes(): number {
    let bytes = 0;
    for (const segment of this.known.values()) bytes += segment.bytes;
    return bytes;
  }

  /** Bytes that wait to be written. */
  get pendingBytes(): number {
    return this.queue.bytes;
  }

  /** Whether the disk does not take what waits. */
  get isStalled(): boolean {
    return this.queue.isStalled;
  }

  /** The place behind the last frame, written or not. */
  get end(): JournalPosition {
    // The file of an empty segment is not there: a position in it would belong to no journal.
    const segment = this.current.isEmpty ? this.segments.at(-1) : undefined;
    if (segment) return { segment: segment.number, id: segment.id, offset: segment.bytes };
    return { segment: this.current.number, id: this.current.id, offset: this.current.end };
  }

  /** Where the payload of the next append will lie if it has `length` bytes. Throws JournalError where it is refused. */
  next(length: number): Location {
    if (this.closed) throw new JournalError('closed', 'the journal is closed');
    if (length > maxPayloadBytes)
      throw new JournalError('too-large', `${length} bytes are too many for the journal`);
    this.queue.admit(length);
    if (this.current.end >= this.options.segmentBytes) this.rotate();
    return { segment: this.current.number, offset: this.current.end + frameHeaderBytes, length };
  }

  /** `payload` must not change until `written` settles. Throws JournalError where it is refused. */
  append(kind: FrameKind, payload: Uint8Array): Appended {
    const location = this.next(payload.length);
    const segment = this.current;
    if (segment.isEmpty) segment.createdMs = this.now();
    segment.end = location.offset + location.length;
    this.note(segment);
    const header = encodeFrameHeader(kind, payload, segment.seed);
    return { location, written: this.queue.add(segment, location, header, payload) };
  }

  /** Resolves once everything appended so far is written; rejects with JournalError 'write-failed' as `append` does. */
  async written(): Promise<void> {
    await this.queue.written();
  }

  /** Resolves once everything appended so far would survive a power loss. */
  async flush(): Promise<void> {
    await this.written();
    await this.schedule.sync();
  }

  configureSync(intervalMs: number): void {
    this.schedule.configure(intervalMs);
  }

  /**
   * The bytes at `location`, also those that still wait to be written; in `into`, which is as long, where that is given and
   * they are on disk. Rejects with JournalError 'unreadable'.
   */
  async read(location: Location, into?: Buffer<ArrayBuffer>): Promise<Uint8Array> {
    return this.queue.find(location) ?? this.reader.read(location, into);
  }

  readSync(location: Location): Uint8Array {
    return this.queue.find(location) ?? this.reader.readSync(location);
  }

  /** Frames that wait to be written, in order. */
  unwrittenFrames(): { readonly kind: number; readonly location: Location }[] {
    return this.queue.frames();
  }

  /** The next frame starts a new segment. */
  rotate(): void {
    if (!this.current.isEmpty) this.startSegment(0);
  }

  /** Deletes the oldest segment; it must not be the one that is written to. Rejects where its file stays. */
  async drop(number: number): Promise<void> {
    if (number === this.current.number) throw new Error(`segment ${number} is still written to`);
    this.queue.forgetBelow(number + 1);
    this.reader.forget(number);
    await this.unlink(number);
    this.known.delete(number);
  }

  /**
   * Lets `erase` overwrite bytes in a segment that is not written to any more (see eraseFrames); a segment that is gone
   * is left out. Rejects with the error of the file system; the segment is as it was then.
   */
  async erase(
    number: number,
    erase: Eraser,
    pause: () => Promise<void>,
    isCurrent: () => boolean,
  ): Promise<void> {
    if (number === this.current.number) throw new Error(`segment ${number} is still written to`);
    const mayReplace = () => isCurrent() && this.known.has(number);
    this.erasing = this.eraseSegment(number, erase, pause, mayReplace);
    await this.erasing;
  }

  /** Deletes what was damaged and kept aside: nobody can tell what is in it. Rejects with the error of the file system. */
  async eraseTorn(): Promise<void> {
    await new TornFolder(this.options.folder).clear();
  }

  /**
   * Deletes everything. Durable before it resolves: the new segment declares the older ones void, then their files go.
   * On a full disk, where that cannot be written, they go all the same: that is what makes room. Rejects with the error
   * of the file system where files stay; the older segments are kept then.
   */
  async clear(): Promise<void> {
    const old = this.segments;
    if (this.isStalled) this.queue.forgetBelow(this.current.number + 1);
    this.known.clear();
    this.startSegment(this.current.number + 1);
    const first = this.current.number;
    try {
      await this.append(frameKind.dropped, new Uint8Array(0)).written;
      await this.schedule.sync();
    } catch (error) {
      if (!(error instanceof JournalError && error.reason === 'write-failed')) throw error;
      this.queue.forgetBelow(first);
    }
    await this.unlinkAll(old);
    await this.eraseTorn();
  }

  /** Writes what waits, syncs, and lets go of the files. What the disk does not take now is dropped. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.queue.close();
    try {
      await this.schedule.close();
    } finally {
      this.reader.close();
    }
  }

  private async eraseSegment(
    number: number,
    erase: Eraser,
    pause: () => Promise<void>,
    mayReplace: () => boolean,
  ): Promise<void> {
    await this.written();
    // Windows does not replace a file that is open.
    await this.schedule.forget(number);
    if (!mayReplace()) return;
    this.reader.forget(number);
    try {
      await eraseFrames(this.options.folder, number, erase, pause, mayReplace);
    } finally {
      this.reader.forget(number);
    }
  }

  private startSegment(floor: number): void {
    this.current = SegmentWriter.create(this.options.folder, this.current.number + 1, floor);
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }

  private note(writer: SegmentWriter): void {
    const { number, id, version, createdMs, end } = writer;
    const segment = this.known.get(number) ?? { number, id, version, createdMs, bytes: end, modifiedMs: 0 };
    segment.bytes = end;
    segment.modifiedMs = this.now();
    this.known.set(number, segment);
    this.last = segment;
  }

  private syncFailed(error: Error): void {
    this.options.onSyncFailure(error);
    // What comes next goes to a file that has a name.
    if (this.current.isGone) this.rotate();
  }

  private async unlinkAll(old: readonly Segment[]): Promise<void> {
    const newer = this.segments;
    const left = new Set(old);
    try {
      for (const segment of old) {
        this.reader.forget(segment.number);
        await this.unlink(segment.number);
        left.delete(segment);
      }
    } finally {
      this.known.clear();
      for (const segment of [...left, ...newer]) this.known.set(segment.number, segment);
    }
  }

  private async unlink(number: number): Promise<void> {
    await this.schedule.forget(number);
    // What is being written anew must not come back.
    await Promise.allSettled([this.erasing]);
    try {
      await unlink(join(this.options.folder, segmentFileName(number)));
    } catch (error) {
      // A segment whose first write failed has no file.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}
