import type { LogPlace } from '../store/logReader';
import type { LogStore } from '../store/logStore';
import type { LogTraceTable } from '../store/logTraceTable';

const rowsPerStep = 256;
const recordsPerStep = 1000;

/** Deletes all log records in segments below `segment`: their files are gone. `pause` comes after every step. */
export async function discardLogs(
  segment: number,
  logTraces: LogTraceTable,
  { reader, remover }: LogStore,
  pause: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const rows = logTraces.reachingBackTo(segment - 1, rowsPerStep);
    if (rows.length === 0) return;
    for (const row of rows) {
      let after: LogPlace | undefined;
      do {
        const places = reader.upToSegment(row.id, segment - 1, after, recordsPerStep);
        after = places.at(-1);
        remover.cut(row, places);
        await pause();
      } while (after);
      remover.leaveSegment(row, segment - 1);
    }
  }
}
