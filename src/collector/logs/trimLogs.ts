import { traceIdOf, type LogTraceRow } from '../store/logTraceTable';
import type { Store } from '../store/store';

export interface TrimmingWork {
  readonly store: Store;
  readonly onLogsDropped: (records: number) => void;
  readonly isCurrent: () => boolean;
}

const rowsPerStep = 256;
const recordsPerStep = 2000;

/**
 * Drops log records, those of the oldest segments first, until no more than `maxRecords` are left: a program that logs
 * much must not fill the memory, nor cost the traces their room. Those of pinned traces stay. Their bytes go with their
 * segments; after a start without a snapshot they come back and are dropped again.
 */
export async function trimLogs(
  maxRecords: number,
  work: TrimmingWork,
  pause: () => Promise<void>,
): Promise<void> {
  const { store, isCurrent } = work;
  let before = Infinity;
  let after: LogTraceRow | undefined;
  while (store.tables.logCount > maxRecords) {
    const rows = store.tables.logTraces.oldest(after, rowsPerStep);
    for (const row of rows) {
      if (!isPinned(row, work)) await trimOldest(row, maxRecords, work, pause);
      if (!isCurrent() || store.tables.logCount <= maxRecords) return;
    }
    after = rows.at(-1);
    if (!after) {
      // All that is left belongs to pinned traces.
      if (store.tables.logCount === before) return;
      before = store.tables.logCount;
    }
    await pause();
    if (!isCurrent()) return;
  }
}

/** Drops the records that `row` has in its oldest segment. */
async function trimOldest(
  row: LogTraceRow,
  maxRecords: number,
  { store, isCurrent, onLogsDropped }: TrimmingWork,
  pause: () => Promise<void>,
): Promise<void> {
  const { reader, remover } = store.logs;
  while (isCurrent() && store.tables.logCount > maxRecords) {
    const places = reader.upToSegment(row.id, row.firstSegment, undefined, recordsPerStep);
    if (places.length === 0) {
      remover.leaveSegment(row, row.firstSegment);
      return;
    }
    const dropped = remover.cut(row, places);
    if (dropped === 0) return;
    onLogsDropped(dropped);
    await pause();
  }
}

function isPinned(row: LogTraceRow, { store }: TrimmingWork): boolean {
  const traceId = traceIdOf(row);
  return traceId !== undefined && (store.tables.traces.find(traceId)?.pinSegment ?? 0) > 0;
}
