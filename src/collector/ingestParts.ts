import type { TraceId } from '../core/model/ids';
import type { Journal } from './journal/journal';
import { JournalError } from './journal/journalError';
import type { Location } from './journal/location';
import { SqlError } from './store/sqlError';
import type { Store } from './store/store';
import { UnavailableError } from './unavailableError';

/** What taking in a request works on, whatever its signal. */
export interface IngestParts {
  readonly store: Store;
  readonly journal: Journal;
  /** @throws UnavailableError where nothing is taken in now */
  readonly admit: () => void;
  /** Called before bytes are appended. */
  readonly onAppend: () => void;
  /** Called when so many spans or log records have become queryable, the spans in these traces. */
  readonly onAdded: (count: number, traces: readonly TraceId[]) => void;
  /** Called when bytes are in the journal. */
  readonly onWritten: () => void;
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
}

/** What an item that is stored already has as bytes, undefined where they cannot be read. */
export function storedBytes(journal: Journal, at: Location): Uint8Array | undefined {
  try {
    return journal.readSync(at);
  } catch (error) {
    if (error instanceof JournalError) return undefined;
    throw error;
  }
}

/** The error for whoever sent a request that journal or store do not take; other errors as they are. */
export function asUnavailable(error: unknown): unknown {
  return error instanceof JournalError || error instanceof SqlError
    ? new UnavailableError(error.message, { cause: error })
    : error;
}
