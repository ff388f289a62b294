import type { CarryingWork } from '../carrySpans';
import { JournalError } from '../journal/journalError';
import type { LogPlace } from '../store/logReader';
import { traceIdOf, type LogTraceRow } from '../store/logTraceTable';
import { takeUpTo } from '../takeUpTo';
import { carryLogs } from './carryLogs';

export interface LogRetentionWork extends CarryingWork {
  /** So many records are gone. */
  readonly onLogsDropped: (records: number) => void;
  readonly onFailure: (error: unknown) => void;
  /** Bytes were written again for a pinned trace. */
  readonly onPinnedCarried: (bytes: number) => void;
}

const rowsPerStep = 256;
/** One carried request: small enough to be built and written well within a slice. */
const bytesPerCarry = 256 * 1024;
const recordsPerStep = 1000;

/**
 * Takes the log records out of a segment that is about to go: those of traces that are stored (which retention has left
 * because they reach into newer segments, or are pinned) are written again at the journal's end, as far as `budget`
 * bytes go; a pinned trace loses none but what cannot be read. All others are dropped. `pause` comes after every step.
 */
export async function leaveSegmentWithLogs(
  segment: number,
  budget: number,
  work: LogRetentionWork,
  pause: () => Promise<void>,
): Promise<void> {
  const { store, isCurrent, onLogsDropped } = work;
  let left = budget;
  for (;;) {
    const rows = store.tables.logTraces.reachingBackTo(segment, rowsPerStep);
    if (rows.length === 0) return;
    const ending = new Set(rows.filter(row => row.lastSegment <= segment && !isStored(row, work)));
    const dropped = store.logs.remover.dropRows([...ending]);
    if (dropped > 0) onLogsDropped(dropped);
    for (const row of rows) if (!ending.has(row)) left -= await leave(row, segment, left, work, pause);
    await pause();
    if (!isCurrent()) return;
  }
}

/** Answers what it took of `budget`. */
async function leave(
  row: LogTraceRow,
  segment: number,
  budget: number,
  work: LogRetentionWork,
  pause: () => Promise<void>,
): Promise<number> {
  const { store, isCurrent, onLogsDropped } = work;
  const { reader, remover } = store.logs;
  let used = 0;
  let after: LogPlace | undefined;
  while (isCurrent() && isCurrentRow(row, work)) {
    const places = takeUpTo(reader.upToSegment(row.id, segment, after, recordsPerStep), bytesPerCarry);
    after = places.at(-1);
    if (!after) {
      remover.leaveSegment(row, segment);
      break;
    }
    const bytes = places.reduce((sum, place) => sum + place.length, 0);
    const isPinned = isPinnedNow(row, work);
    const mayCarry = isPinned || (used + bytes <= budget && isStored(row, work));
    const isCarried = mayCarry && (await carry(places, row, work));
    if (!isCurrent()) break;
    if (isCarried) used += isPinned ? 0 : bytes;
    else onLogsDropped(remover.cut(row, places));
    await pause();
  }
  return used;
}

/** False where the records should be dropped instead. */
async function carry(
  places: readonly LogPlace[],
  row: LogTraceRow,
  work: LogRetentionWork,
): Promise<boolean> {
  try {
    const bytes = await carryLogs(places, work);
    if (isPinnedNow(row, work)) work.onPinnedCarried(bytes);
    return true;
  } catch (error) {
    const isUnreadable = error instanceof JournalError && error.reason === 'unreadable';
    if (!isUnreadable && isPinnedNow(row, work)) throw error;
    work.onFailure(error);
    return false;
  }
}

/** False once its trace was dropped, be it that newer records have made another row. */
function isCurrentRow({ id, key }: LogTraceRow, { store }: LogRetentionWork): boolean {
  return store.tables.logTraces.find(key)?.id === id;
}

function isStored(row: LogTraceRow, { store }: LogRetentionWork): boolean {
  const traceId = traceIdOf(row);
  return traceId !== undefined && store.tables.traces.find(traceId) !== undefined;
}

function isPinnedNow(row: LogTraceRow, { store }: LogRetentionWork): boolean {
  const traceId = traceIdOf(row);
  return traceId !== undefined && (store.tables.traces.find(traceId)?.pinSegment ?? 0) > 0;
}
