import type { TraceId } from '../core/model/ids';
import type { Journal } from './journal/journal';
import { JournalError } from './journal/journalError';
import { frameKind } from './journal/segmentFormat';
import type { Tables } from './store/tables';
import { encodeTraceIds } from './traceIdList';
import { UnavailableError } from './unavailableError';

/**
 * Lets retention keep a trace, or not any more, from this turn on; resolves when the journal has it. Answers false where
 * there is no such trace. Rejects with UnavailableError where the disk does not take it (yet).
 */
export async function pinTrace(
  traceId: TraceId,
  pinned: boolean,
  tables: Tables,
  journal: Journal,
): Promise<boolean> {
  const row = tables.traces.find(traceId);
  if (!row) return false;
  try {
    if (row.pinSegment > 0 === pinned) {
      // Somebody else's note may still be on its way.
      await journal.written();
      return true;
    }
    const kind = pinned ? frameKind.pinned : frameKind.unpinned;
    const note = encodeTraceIds([traceId]);
    const { segment } = journal.next(note.length);
    // First, for the store may fail; the journal has said that it takes the note.
    tables.transaction(() => tables.pin(traceId, pinned ? segment : 0));
    await journal.append(kind, note).written;
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    throw new UnavailableError(error.message, { cause: error });
  }
  return tables.traces.find(traceId) !== undefined;
}
