import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
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
import { SegmentReader } from './segmentReader';
import { SegmentWriter } from './segmentWriter';

export interface Segment {
  readonly number: number;
  readonly id: string;
  readonly createdMs: number;
  /** Length of the file, frames that still wait to be written included. */
  bytes: number;
  /** When the last frame came in, milliseconds since the epoch. */
  modifiedMs: number;
}

export interface Appended {
  /** Where the payload lies, or will: known at once. */
  readonly location: Location;
  /** Resolves once the bytes are in the file; rejects with JournalError 'write-failed'. */
  readonly written: Promise<void>;
}

export interface JournalOptions {
  readonly folder: string;
  /** A segment that has reached this many bytes is followed by a new one. */
  readonly segmentBytes: number;
  /** fdatasync comes at most this long after a write. */
  readonly syncIntervalMs: number;
  /**
   * Frames at and behind `from` were not written and will not be: called before their promises reject, in the same
   * turn, so that nobody sees what refers to them.
   */
  readonly onDiscard: (from: { segment: number; offset: number }, error: Error) => void;
  /** fdatasync or the closing of a file failed: what was acknowledged may not survive a power loss. */
  readonly onSyncFailure: (error: Error) => void;
}

interface Waiting {
  readonly segment: SegmentWriter;
  readonly location: Location;
  readonly header: Uint8Array;
  readonly payload: Uint8Array;
  readonly written: Promise<void>;
  readonly settle: (error?: Error) => void;
}

/** fdatasync does not wait for the timer once this much is unsynced. */
const syncAtBytes = 16 * 1024 * 1024;
/** One write takes at most this many frames: two buffers each, and writev takes 1024 (IOV_MAX). */
const framesPerWrite = 256;
const bytesPerWrite = 16 * 1024 * 1024;
/** More than this may not wait in memory. */
const maxWaitingBytes = 256 * 1024 * 1024;

/**
 * The journal while it is written: numbered segment files, appended frame by frame (segmentFormat). Appends that come
 * while a write is under way go out together in the next one. Made by openJournal.
 */
export class Journal {
  private readonly reader: SegmentReader;
  private readonly known: Map<number, Segment>;
  private last: Segment | undefined;
  /** Where the next frame goes. */
  private current: SegmentWriter;
  /** Whose file was written last. */
  private open: SegmentWriter | undefined;
  private readonly waiting: Waiting[] = [];
  private waitingBytes = 0;
  private unsyncedBytes = 0;
  private writing: Promise<void> | undefined;
  private syncing: Promise<void> = Promise.resolve();
  private syncTimer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly options: JournalOptions,
    segments: readonly Segment[],
  ) {
    this.reader = new SegmentReader(options.folder);
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
    return this.waitingBytes;
  }

  /** The place behind the last frame, written or not. */
  get end(): JournalPosition {
    return { segment: this.current.number, id: this.current.id, offset: this.current.end };
  }

  /** Where the payload of the next append will lie if it has `length` bytes. Throws JournalError where it is refused. */
  next(length: number): Location {
    if (this.closed) throw new JournalError('closed', 'the journal is closed');
    if (length > maxPayloadBytes)
      throw new JournalError('too-large', `${length} bytes are too many for the journal`);
    if (this.waitingBytes + length > maxWaitingBytes && this.waiting.length > 0) {
      throw new JournalError('overloaded', `${this.waitingBytes} bytes already wait to be written`);
    }
    if (this.current.end >= this.options.segmentBytes) this.rotate();
    return { segment: this.current.number, offset: this.current.end + frameHeaderBytes, length };
  }

  /** `payload` must not change until `written` settles. Throws JournalError where it is refused. */
  append(kind: FrameKind, payload: Uint8Array): Appended {
    const location = this.next(payload.length);
    const segment = this.current;
    if (segment.isEmpty) segment.createdMs = Date.now();
    segment.end = location.offset + location.length;
    this.note(segment);
    this.waitingBytes += payload.length;
    const { promise: written, settle } = settleable();
    this.waiting.push({
      segment,
      location,
      header: encodeFrameHeader(kind, payload),
      payload,
      written,
      settle,
    });
    this.writing ??= this.writeWaiting();
    return { location, written };
  }

  /** Resolves once everything appended so far is written; rejects with JournalError where that failed. */
  async written(): Promise<void> {
    await this.waiting.at(-1)?.written;
  }

  /** Resolves once everything appended so far would survive a power loss. */
  async flush(): Promise<void> {
    await this.written();
    await this.sync();
  }

  /** The bytes at `location`, also those that still wait to be written. Rejects with JournalError 'unreadable'. */
  async read(location: Location): Promise<Uint8Array> {
    return this.unwritten(location) ?? this.reader.read(location);
  }

  readSync(location: Location): Uint8Array {
    return this.unwritten(location) ?? this.reader.readSync(location);
  }

  /** The next frame starts a new segment. */
  rotate(): void {
    if (!this.current.isEmpty) this.startSegment(0);
  }

  /** Deletes a segment that is not written to any more. */
  async drop(number: number): Promise<void> {
    if (number === this.current.number) throw new Error(`segment ${number} is still written to`);
    this.known.delete(number);
    this.reader.forget(number);
    await this.unlink(number);
  }

  /**
   * Deletes everything. Durable before it resolves: the new segment declares the older ones void, then their files go.
   * Rejects with JournalError where nothing can be written; the older segments are kept then.
   */
  async clear(): Promise<void> {
    const old = this.segments;
    this.known.clear();
    this.startSegment(this.current.number + 1);
    try {
      await this.append(frameKind.dropped, new Uint8Array(0)).written;
      await this.sync();
    } catch (error) {
      const newer = this.segments;
      this.known.clear();
      for (const segment of [...old, ...newer]) this.known.set(segment.number, segment);
      throw error;
    }
    for (const { number } of old) {
      this.reader.forget(number);
      await this.unlink(number);
    }
  }

  /** Writes what waits, syncs, and lets go of the files. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    while (this.writing) await this.writing;
    try {
      await this.sync();
    } finally {
      await this.open?.close();
      this.reader.close();
    }
  }

  private startSegment(floor: number): void {
    this.current = SegmentWriter.create(this.options.folder, this.current.number + 1, floor);
  }

  private note(writer: SegmentWriter): void {
    const { number, id, createdMs, end } = writer;
    const segment = this.known.get(number) ?? { number, id, createdMs, bytes: end, modifiedMs: 0 };
    segment.bytes = end;
    segment.modifiedMs = Date.now();
    this.known.set(number, segment);
    this.last = segment;
  }

  private async writeWaiting(): Promise<void> {
    // Appends of the same turn go together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const group = this.nextGroup();
      const segment = group[0]?.segment;
      if (!segment) break;
      if (this.open !== segment) {
        const before = this.open;
        this.open = segment;
        if (before) await this.finish(before);
      }
      try {
        await segment.write(group.flatMap(frame => [frame.header, frame.payload]));
      } catch (error) {
        this.discard(segment, error);
        continue;
      }
      this.waiting.splice(0, group.length);
      for (const { payload, settle } of group) {
        this.waitingBytes -= payload.length;
        this.unsyncedBytes += payload.length;
        settle();
      }
      this.scheduleSync();
    }
    this.writing = undefined;
  }

  /** The frames of the next write: they stay in `waiting` until they are written. */
  private nextGroup(): Waiting[] {
    let bytes = 0;
    const end = this.waiting.findIndex((frame, i) => {
      bytes += frame.payload.length;
      return (
        i > 0 && (i >= framesPerWrite || bytes > bytesPerWrite || frame.segment !== this.waiting[0]?.segment)
      );
    });
    return end < 0 ? [...this.waiting] : this.waiting.slice(0, end);
  }

  /** Nothing that waits can be written where it was told it would be. */
  private discard(segment: SegmentWriter, cause: unknown): void {
    const error = new JournalError('write-failed', `the journal cannot be written: ${describe(cause)}`, {
      cause,
    });
    const frames = this.waiting.splice(0);
    this.waitingBytes = 0;
    segment.discardUnwritten();
    for (const { segment: other } of frames) if (other !== segment) this.known.delete(other.number);
    this.current = segment;
    if (segment.writtenEnd > 0) this.note(segment);
    else this.known.delete(segment.number);
    this.options.onDiscard({ segment: segment.number, offset: segment.end }, error);
    for (const { settle } of frames) settle(error);
  }

  private unwritten({ segment, offset, length }: Location): Uint8Array | undefined {
    for (const { location, payload } of this.waiting) {
      const from = offset - location.offset;
      if (location.segment === segment && from >= 0 && from + length <= payload.length) {
        return payload.subarray(from, from + length);
      }
    }
    return undefined;
  }

  private scheduleSync(): void {
    if (this.unsyncedBytes >= syncAtBytes) {
      this.report(this.sync());
      return;
    }
    this.syncTimer ??= setTimeout(() => this.report(this.sync()), this.options.syncIntervalMs).unref();
  }

  private sync(): Promise<void> {
    clearTimeout(this.syncTimer);
    this.syncTimer = undefined;
    this.unsyncedBytes = 0;
    const { open } = this;
    this.syncing = this.syncing.then(
      () => open?.sync(),
      () => open?.sync(),
    );
    return this.syncing;
  }

  private async finish(segment: SegmentWriter): Promise<void> {
    try {
      await segment.sync();
      await segment.close();
    } catch (error) {
      this.options.onSyncFailure(toError(error));
    }
  }

  private report(sync: Promise<void>): void {
    sync.catch((error: unknown) => this.options.onSyncFailure(toError(error)));
  }

  private async unlink(number: number): Promise<void> {
    try {
      await unlink(join(this.options.folder, segmentFileName(number)));
    } catch (error) {
      // A segment whose first write failed has no file.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

function settleable(): { promise: Promise<void>; settle: (error?: Error) => void } {
  let settle: (error?: Error) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = error => (error ? reject(error) : resolve());
  });
  return { promise, settle };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
