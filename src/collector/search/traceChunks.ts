import type { Journal } from '../journal/journal';
import { JournalError } from '../journal/journalError';
import { slices } from '../slices';
import type { Fragment } from '../store/fragmentTable';
import type { Tables } from '../store/tables';

/** Read in one go; a span that is longer comes alone. */
const chunkBytes = 1024 * 1024;
const chunkSpans = 4096;
/** Read from the index in one go. */
const fragmentsPerStep = 64;

/** Some spans of a trace with their bytes: span i is bytes[start[i], end[i]), and starts ascend. Used again for the next. */
export interface TraceChunk {
  readonly bytes: Buffer;
  readonly count: number;
  readonly spanHigh: Uint32Array;
  readonly spanLow: Uint32Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** Row of the table of resources. */
  readonly resource: Uint32Array;
}

/** Where the spans of a trace are looked up and read. */
export interface TraceSource {
  readonly tables: Tables;
  readonly journal: Journal;
}

/**
 * All spans of a trace (its row's id) that can be read, in order of arrival, with the event loop free in between. What
 * arrives or is dropped meanwhile may or may not be among them. Rejects with the reason of `signal`.
 */
export async function* traceChunks(
  { tables, journal }: TraceSource,
  trace: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<TraceChunk, void, void> {
  const pause = slices();
  const buffer = Buffer.allocUnsafeSlow(chunkBytes);
  const columns = new ChunkColumns();
  for (let first = 0; ;) {
    const fragments = takeFragments(tables, trace, first);
    const last = fragments.at(-1);
    if (!last) return;
    first = last.number + 1;
    for (const fragment of fragments) {
      for (let isMore = fragment.spans.next(); isMore;) {
        isMore = columns.fill(fragment);
        const bytes = await read(journal, fragment, columns, buffer);
        await pause();
        signal?.throwIfAborted();
        if (bytes) yield { bytes, ...columns.filled };
      }
    }
  }
}

function takeFragments(tables: Tables, trace: number, first: number): Fragment[] {
  const fragments: Fragment[] = [];
  tables.fragments.each(
    trace,
    first,
    Number.MAX_SAFE_INTEGER,
    fragment => fragments.push(fragment) < fragmentsPerStep,
  );
  return fragments;
}

/** Undefined where the bytes were dropped meanwhile. */
async function read(
  journal: Journal,
  { segment, offset }: Fragment,
  { first, length }: ChunkColumns,
  buffer: Buffer<ArrayBuffer>,
): Promise<Buffer | undefined> {
  try {
    const into = length <= buffer.length ? buffer.subarray(0, length) : undefined;
    const bytes = await journal.read({ segment, offset: offset + first, length }, into);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (error) {
    if (error instanceof JournalError && error.reason === 'unreadable') return undefined;
    throw error;
  }
}

class ChunkColumns {
  private readonly spanHigh = new Uint32Array(chunkSpans);
  private readonly spanLow = new Uint32Array(chunkSpans);
  private readonly start = new Uint32Array(chunkSpans);
  private readonly end = new Uint32Array(chunkSpans);
  private readonly resource = new Uint32Array(chunkSpans);
  private count = 0;
  /** The stretch of the request that has the spans. */
  first = 0;
  length = 0;

  /** Takes spans of a fragment from where it stands, and leaves it at the next. Answers whether there is one. */
  fill({ spans }: Fragment): boolean {
    this.count = 0;
    this.first = spans.offset;
    do {
      const start = spans.offset - this.first;
      const end = start + spans.length;
      if (this.count === chunkSpans || (this.count > 0 && end > chunkBytes)) return true;
      const i = this.count++;
      this.spanHigh[i] = spans.spanHigh;
      this.spanLow[i] = spans.spanLow;
      this.start[i] = start;
      this.end[i] = end;
      this.resource[i] = spans.resource;
      this.length = end;
    } while (spans.next());
    return false;
  }

  get filled() {
    const { count, spanHigh, spanLow, start, end, resource } = this;
    return { count, spanHigh, spanLow, start, end, resource };
  }
}
