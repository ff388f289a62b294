import { randomBytes } from 'node:crypto';
import { mkdir, open, stat, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Segment } from './segment';
import {
  encodeSegmentHeader,
  frameSeed,
  journalFormatVersion,
  segmentFileName,
  segmentHeaderBytes,
} from './segmentFormat';

/** Read and written at a time where a sync has failed. */
const bytesAgain = 1024 * 1024;

/** A segment that is written to: its file is made by the first write. */
export class SegmentWriter {
  /** Where the next frame goes, counting those that still wait to be written. */
  end: number;
  /** Bytes that are in the file. */
  writtenEnd: number;
  /** When its first frame came. */
  createdMs: number;
  /** See frameSeed. */
  readonly seed: number;
  private file: Promise<FileHandle> | undefined;
  /** A write failed half way: what lies behind writtenEnd must go before anything is written there. */
  private dirty = false;
  private unsynced = false;
  /** Bytes that survive a power loss. */
  private syncedEnd: number;
  private hasSyncFailed = false;
  private retired = false;
  /** The file was deleted under it: what goes on being written there is lost. */
  isGone = false;

  private constructor(
    private readonly folder: string,
    readonly number: number,
    readonly id: string,
    readonly version: number,
    private readonly floor: number,
    exists: boolean,
    end: number,
    createdMs: number,
  ) {
    this.end = end;
    this.writtenEnd = this.syncedEnd = exists ? end : 0;
    this.createdMs = createdMs;
    this.seed = frameSeed(this);
  }

  static create(folder: string, number: number, floor: number): SegmentWriter {
    const id = randomBytes(8).toString('hex');
    const version = journalFormatVersion;
    return new SegmentWriter(folder, number, id, version, floor, false, segmentHeaderBytes, Date.now());
  }

  /** Goes on behind the last frame of a segment that is there. */
  static resume(folder: string, segment: Segment): SegmentWriter {
    const { number, id, version, bytes, createdMs } = segment;
    return new SegmentWriter(folder, number, id, version, 0, true, bytes, createdMs);
  }

  get isEmpty(): boolean {
    return this.end === segmentHeaderBytes;
  }

  /**
   * Writes `buffers` behind what is there, `durably` so that they survive a power loss. Rejects with the error of the
   * file system, having lost nothing older: the same may be tried again.
   */
  async write(buffers: readonly Uint8Array[], durably: boolean): Promise<void> {
    const all: readonly Uint8Array[] = this.writtenEnd === 0 ? [this.header(), ...buffers] : buffers;
    const total = all.reduce((sum, bytes) => sum + bytes.length, 0);
    try {
      const file = await this.opened();
      if (this.dirty) await this.cutTail(file);
      this.dirty = true;
      await writeFully(file, all, total, this.writtenEnd);
      this.unsynced = true;
      if (durably) await this.sync();
    } catch (error) {
      // The next attempt opens the file anew: it may have been replaced, or its descriptor be worthless (ESTALE).
      await this.letGo().catch(() => undefined);
      throw error;
    }
    this.dirty = false;
    this.writtenEnd += total;
  }

  /** Resolves once all that was written so far would survive a power loss. Answers whether there was any of it. */
  async sync(): Promise<boolean> {
    if (!this.unsynced) return false;
    const file = await this.opened();
    this.unsynced = false;
    const end = this.writtenEnd;
    try {
      if (this.hasSyncFailed) await this.writeAgain(file, end);
      // Both begin before anybody can close the file, which waits for them.
      const [{ nlink }] = await Promise.all([file.stat(), file.datasync()]);
      if (nlink === 0) await this.checkName();
    } catch (error) {
      // Nobody wants it any more.
      if (this.retired) return false;
      this.hasSyncFailed = true;
      this.unsynced = !this.isGone;
      throw error;
    }
    this.hasSyncFailed = false;
    this.syncedEnd = end;
    return true;
  }

  async close(): Promise<void> {
    try {
      if (this.dirty) await this.cutTail(await this.opened());
    } finally {
      await this.letGo();
    }
  }

  /** Lets go of a file that is about to be deleted: it is neither written nor synced any more. */
  async retire(): Promise<void> {
    this.retired = true;
    this.unsynced = false;
    await this.letGo();
  }

  private async letGo(): Promise<void> {
    const file = this.file;
    this.file = undefined;
    await (await file)?.close();
  }

  /**
   * Gives the system once more what it could not sync: it may take it for written all the same from then on, and the
   * next sync would have nothing to do (fsync(2), "EIO").
   */
  private async writeAgain(file: FileHandle, end: number): Promise<void> {
    const buffer = Buffer.allocUnsafe(Math.min(end - this.syncedEnd, bytesAgain));
    for (let at = this.syncedEnd; at < end;) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, end - at), at);
      if (bytesRead === 0) throw new Error(`${this.path} ends at ${at}`);
      const { bytesWritten } = await file.write(buffer, 0, bytesRead, at);
      at += bytesWritten;
    }
  }

  /** Takes away what a failed write left. */
  private async cutTail(file: FileHandle): Promise<void> {
    await file.truncate(this.writtenEnd);
    this.dirty = false;
  }

  /** Writing goes on without an error in a file that somebody has deleted; some file systems do not count links. */
  private async checkName(): Promise<void> {
    if (await stat(this.path).catch(() => undefined)) return;
    this.isGone = true;
    throw new Error(`${this.path} was deleted by another program`);
  }

  private async opened(): Promise<FileHandle> {
    if (this.retired) throw new Error(`segment ${this.number} is deleted`);
    const opening = (this.file ??= this.openFile());
    try {
      return await opening;
    } catch (error) {
      if (this.file === opening) this.file = undefined;
      throw error;
    }
  }

  private async openFile(): Promise<FileHandle> {
    const isNew = this.writtenEnd === 0;
    let file: FileHandle;
    try {
      file = await open(this.path, isNew ? 'w+' : 'r+', 0o600);
    } catch (error) {
      if (!isMissing(error)) throw error;
      file = await this.createAnew();
    }
    try {
      if (isNew) await syncFolder(this.folder);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Folder or file were deleted. What comes keeps the places it was promised: behind a header and a hole, which a
   * recovery steps over.
   */
  private async createAnew(): Promise<FileHandle> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'w+', 0o600);
    try {
      if (this.writtenEnd > 0) await file.write(this.header());
      return file;
    } catch (error) {
      await file.close();
      await unlink(this.path);
      throw error;
    }
  }

  private header(): Buffer {
    const { version, number, id, createdMs, floor } = this;
    return encodeSegmentHeader({ version, number, id, createdMs, floor });
  }

  private get path(): string {
    return join(this.folder, segmentFileName(this.number));
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
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
