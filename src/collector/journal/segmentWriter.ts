import { randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeSegmentHeader, segmentFileName, segmentHeaderBytes } from './segmentFormat';

/** A segment that is written to: its file is made by the first write. */
export class SegmentWriter {
  /** Where the next frame goes, counting those that still wait to be written. */
  end: number;
  /** Bytes that are in the file. */
  writtenEnd: number;
  /** When its first frame came. */
  createdMs: number;
  private file: FileHandle | undefined;
  /** A write failed half way: what lies behind writtenEnd must go before anything is written there. */
  private dirty = false;
  private unsynced = false;

  private constructor(
    private readonly folder: string,
    readonly number: number,
    readonly id: string,
    private readonly floor: number,
    private readonly exists: boolean,
    end: number,
    createdMs: number,
  ) {
    this.end = end;
    this.writtenEnd = exists ? end : 0;
    this.createdMs = createdMs;
  }

  static create(folder: string, number: number, floor: number): SegmentWriter {
    const id = randomBytes(8).toString('hex');
    return new SegmentWriter(folder, number, id, floor, false, segmentHeaderBytes, Date.now());
  }

  /** Goes on behind the last frame of a segment that is there. */
  static resume(
    folder: string,
    segment: { number: number; id: string; createdMs: number; bytes: number },
  ): SegmentWriter {
    return new SegmentWriter(folder, segment.number, segment.id, 0, true, segment.bytes, segment.createdMs);
  }

  get isEmpty(): boolean {
    return this.end === segmentHeaderBytes;
  }

  /** Writes `buffers` behind what is there; rejects with the error of the file system, having lost nothing older. */
  async write(buffers: readonly Uint8Array[]): Promise<void> {
    const file = await this.opened();
    if (this.dirty) await this.cutTail(file);
    const header = { number: this.number, id: this.id, createdMs: this.createdMs, floor: this.floor };
    const all: readonly Uint8Array[] =
      this.writtenEnd === 0 ? [encodeSegmentHeader(header), ...buffers] : buffers;
    const total = all.reduce((sum, bytes) => sum + bytes.length, 0);
    this.dirty = true;
    try {
      await writeFully(file, all, total, this.writtenEnd);
    } catch (error) {
      await this.cutTail(file).catch(() => undefined);
      throw error;
    }
    this.dirty = false;
    this.unsynced = true;
    this.writtenEnd += total;
  }

  /** Resolves once all that was written so far would survive a power loss. */
  async sync(): Promise<void> {
    if (!this.unsynced || !this.file) return;
    this.unsynced = false;
    try {
      await this.file.datasync();
    } catch (error) {
      this.unsynced = true;
      throw error;
    }
  }

  async close(): Promise<void> {
    const file = this.file;
    this.file = undefined;
    await file?.close();
  }

  /** Forgets frames that were not written: the next one goes where the file ends. */
  discardUnwritten(): void {
    this.end = Math.max(this.writtenEnd, segmentHeaderBytes);
  }

  /** Takes away what a failed write left. Where that fails too, the next write tries again before anything else. */
  private async cutTail(file: FileHandle): Promise<void> {
    await file.truncate(this.writtenEnd);
    this.dirty = false;
  }

  private async opened(): Promise<FileHandle> {
    if (this.file) return this.file;
    const path = join(this.folder, segmentFileName(this.number));
    this.file = await open(path, this.exists || this.writtenEnd > 0 ? 'r+' : 'w', 0o600);
    if (!this.exists) await syncFolder(this.folder);
    return this.file;
  }
}

/** Makes a new file's name durable. Windows cannot open folders; its file system keeps names without being asked. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeFully(
  file: FileHandle,
  buffers: readonly Uint8Array[],
  total: number,
  at: number,
): Promise<void> {
  const { bytesWritten } = await file.writev([...buffers], at);
  if (bytesWritten === total) return;
  // A short write: the system took a part (pwritev(2)); the rest one by one, so that its error shows.
  let position = at;
  let skip = bytesWritten;
  for (const bytes of buffers) {
    let from = Math.min(skip, bytes.length);
    skip -= from;
    position += from;
    while (from < bytes.length) {
      const step = await file.write(bytes, from, bytes.length - from, position);
      from += step.bytesWritten;
      position += step.bytesWritten;
    }
  }
}
