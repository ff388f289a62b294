import { closeSync, openSync, read, readSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError } from './journalError';
import type { Location } from './location';
import { segmentFileName } from './segmentFormat';

interface OpenFile {
  readonly fd: number;
  /** Reads under way; the descriptor must outlive them. */
  users: number;
  /** Left the cache: closed by its last reader. */
  retired: boolean;
}

/** Positioned reads from segment files, with a bounded number of files held open. */
export class SegmentReader {
  private readonly open = new Map<number, OpenFile>();

  constructor(
    private readonly folder: string,
    private readonly maxOpen = 16,
  ) {}

  /** Fills `bytes`, as long as the location, where it is given. Rejects with JournalError 'unreadable'. */
  async read(location: Location, bytes = Buffer.allocUnsafeSlow(location.length)): Promise<Buffer> {
    const file = this.file(location.segment);
    file.users++;
    try {
      for (let done = 0; done < bytes.length;) {
        const count = await readAt(file.fd, bytes, done, location.offset + done);
        if (count === 0) throw unreadable(location);
        done += count;
      }
    } catch (error) {
      throw unreadable(location, error);
    } finally {
      file.users--;
      if (file.retired && file.users === 0) closeSync(file.fd);
    }
    return bytes;
  }

  /** Throws JournalError 'unreadable'. */
  readSync(location: Location): Buffer {
    const bytes = Buffer.allocUnsafeSlow(location.length);
    try {
      const { fd } = this.file(location.segment);
      for (let done = 0; done < bytes.length;) {
        const count = readSync(fd, bytes, done, bytes.length - done, location.offset + done);
        if (count === 0) throw unreadable(location);
        done += count;
      }
    } catch (error) {
      throw unreadable(location, error);
    }
    return bytes;
  }

  /** Lets go of a segment's file. */
  forget(segment: number): void {
    const file = this.open.get(segment);
    if (!file) return;
    this.open.delete(segment);
    file.retired = true;
    if (file.users === 0) closeSync(file.fd);
  }

  close(): void {
    for (const segment of [...this.open.keys()]) this.forget(segment);
  }

  private file(segment: number): OpenFile {
    let file = this.open.get(segment);
    if (file) {
      // Most recently used last.
      this.open.delete(segment);
      this.open.set(segment, file);
      return file;
    }
    try {
      file = { fd: openSync(join(this.folder, segmentFileName(segment)), 'r'), users: 0, retired: false };
    } catch (error) {
      throw unreadable({ segment, offset: 0, length: 0 }, error);
    }
    this.open.set(segment, file);
    for (const oldest of this.open.keys()) {
      if (this.open.size <= this.maxOpen) break;
      this.forget(oldest);
    }
    return file;
  }
}

function readAt(fd: number, bytes: Buffer, at: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, bytes, at, bytes.length - at, position, (error, count) => {
      if (error) reject(error);
      else resolve(count);
    });
  });
}

function unreadable(location: Location, cause?: unknown): JournalError {
  if (cause instanceof JournalError) return cause;
  const place = `${location.length} bytes at ${location.offset} of segment ${location.segment}`;
  return new JournalError('unreadable', `the journal has no ${place}`, { cause });
}
