import type { TraceId } from '../core/model/ids';
import { carrySpans } from './carrySpans';
import type { Journal } from './journal/journal';
import { JournalError } from './journal/journalError';
import type { Segment } from './journal/segment';
import { frameKind } from './journal/segmentFormat';
import { leaveSegmentWithLogs, type LogRetentionWork } from './logs/leaveSegment';
import { slices } from './slices';
import type { SpanPlace } from './store/spanReader';
import type { Store } from './store/store';
import type { TraceRow } from './store/traceRow';
import { takeUpTo } from './takeUpTo';
import { encodeTraceIds } from './traceIdList';

/** What one drop of a segment did. */
export interface Dropped {
  readonly spans: number;
  readonly logs: number;
  /** Traces that are gone. */
  readonly removed: readonly TraceId[];
  /** Traces that lost spans and live on. */
  readonly changed: readonly TraceId[];
}

export interface RetentionWork {
  readonly store: Store;
  readonly journal: Journal;
  readonly onDropped: (dropped: Dropped) => void;
  /** Something could not be read or written; what should have been carried forward is dropped. */
  readonly onFailure: (error: unknown) => void;
  /** Bytes were written again for a pinned trace. */
  readonly onPinnedCarried: (bytes: number) => void;
  /** False once the data were cleared or the engine closes: stop without another change. */
  readonly isCurrent: () => boolean;
}

const tracesPerStep = 64;
/** One carried request: small enough to be built and written well within a slice. */
const bytesPerCarry = 256 * 1024;
const spansPerStep = 1000;
/** Dictionary rows looked through in one go. */
const idsPerSweep = 2000;

/**
 * Drops the oldest segment with all traces whose last span arrived in it. Spans of traces that are pinned or reach into
 * newer segments are written again at the journal's end first. Where those that are not pinned are more than half of
 * the segment, or cannot be read, they are dropped instead, so that retention always gets on; a pinned trace loses
 * nothing but what cannot be read: where it cannot be written, this rejects and the segment stays. A crash in between
 * loses nothing: the file goes last, and a replay that finds both places takes the newer one. Log records go with
 * their traces.
 */
export async function dropSegment(segment: Segment, work: RetentionWork): Promise<void> {
  const { store, journal, isCurrent } = work;
  const pause = slices();
  let budget = segment.bytes / 2;
  for (;;) {
    const rows = store.tables.traces.reachingBackTo(segment.number, tracesPerStep);
    if (rows.length === 0) break;
    const ending = rows.filter(row => row.lastSegment <= segment.number && row.pinSegment === 0);
    if (ending.length > 0) await dropTraces(ending, work);
    const gone = new Set(ending);
    for (const row of rows) {
      if (!isCurrent()) return;
      // Judged as it was before the pause: at worst it is carried although it could go.
      if (!gone.has(row)) budget -= await leaveSegment(row, segment, budget, work, pause);
    }
    await pause();
    if (!isCurrent()) return;
  }
  await leaveSegmentWithLogs(segment.number, budget, withLogs(work), pause);
  if (!isCurrent()) return;
  while (store.remover.sweep()) {
    await pause();
    if (!isCurrent()) return;
  }
  await sweepDictionaries(segment.number, work, pause);
  if (!isCurrent()) return;
  await carryPins(segment, work);
  if (!isCurrent()) return;
  // What was carried forward must not be lost with a power loss that the deletion of the file survives.
  await journal.flush().catch(work.onFailure);
  if (!isCurrent()) return;
  await journal.drop(segment.number);
}

function withLogs(work: RetentionWork): LogRetentionWork {
  return { ...work, onLogsDropped: logs => work.onDropped({ spans: 0, logs, removed: [], changed: [] }) };
}

/** The rows go in the same turn as the mark is appended: spans that come later are behind it, and begin a new trace. */
async function dropTraces(
  rows: readonly TraceRow[],
  { store, journal, onDropped, onFailure }: RetentionWork,
): Promise<void> {
  const traceIds = rows.map(row => row.traceId);
  // Carried spans of these traces may lie in newer segments: the mark keeps a replay from bringing them back.
  const written = attempt(() => journal.append(frameKind.dropped, encodeTraceIds(traceIds)).written);
  const logs = store.remover.dropTraces(rows);
  const spans = rows.reduce((sum, row) => sum + row.spanCount, 0);
  onDropped({ spans, logs, removed: traceIds, changed: [] });
  await written.catch(onFailure);
}

/** Carries the spans that a living trace has in `segment` forward, or drops them. Answers what that took of `budget`. */
async function leaveSegment(
  { id, traceId }: TraceRow,
  segment: Segment,
  budget: number,
  work: RetentionWork,
  pause: () => Promise<void>,
): Promise<number> {
  const { store, isCurrent } = work;
  let used = 0;
  let after: SpanPlace | undefined;
  for (;;) {
    const places = takeUpTo(store.spans.upToSegment(id, segment.number, after, spansPerStep), bytesPerCarry);
    after = places.at(-1);
    if (!after) break;
    const bytes = places.reduce((sum, place) => sum + place.length, 0);
    const isPinned = isPinnedNow(traceId, work);
    const isCarried = (isPinned || used + bytes <= budget) && (await carry(places, traceId, work));
    if (!isCurrent()) return used;
    if (isCarried) used += isPinned ? 0 : bytes;
    else {
      store.remover.cut(traceId, places);
      work.onDropped({ spans: places.length, logs: 0, removed: [], changed: [traceId] });
    }
    await pause();
    if (!isCurrent()) return used;
  }
  const row = store.tables.traces.find(traceId);
  if (row?.spanCount === 0) await dropTraces([row], work);
  else if (row) store.remover.leaveSegment(traceId, segment.number);
  return used;
}

/** False where the spans should be dropped instead. */
async function carry(places: readonly SpanPlace[], traceId: TraceId, work: RetentionWork): Promise<boolean> {
  if (work.journal.isStalled) {
    // To drop is what makes room on a full disk.
    if (!isPinnedNow(traceId, work)) return false;
    throw new JournalError('write-failed', 'the disk does not take what is pinned');
  }
  try {
    const bytes = await carrySpans(places, work);
    if (isPinnedNow(traceId, work)) work.onPinnedCarried(bytes);
    return true;
  } catch (error) {
    const isUnreadable = error instanceof JournalError && error.reason === 'unreadable';
    if (!isUnreadable && isPinnedNow(traceId, work)) throw error;
    work.onFailure(error);
    return false;
  }
}

function isPinnedNow(traceId: TraceId, { store }: RetentionWork): boolean {
  return (store.tables.traces.find(traceId)?.pinSegment ?? 0) > 0;
}

/** Notes again, at the journal's end, which traces are pinned, where the note goes with the segment. */
async function carryPins({ number }: Segment, { store, journal, isCurrent }: RetentionWork): Promise<void> {
  const { tables } = store;
  for (;;) {
    const traceIds = tables.traces.pinnedUpTo(number, tracesPerStep).map(row => row.traceId);
    if (traceIds.length === 0) return;
    const { location, written } = journal.append(frameKind.pinned, encodeTraceIds(traceIds));
    await written;
    if (!isCurrent()) return;
    tables.transaction(() => {
      for (const traceId of traceIds) {
        // Unpinned meanwhile: the journal says so behind this note.
        if ((tables.traces.find(traceId)?.pinSegment ?? 0) > 0) tables.pin(traceId, location.segment);
      }
    });
  }
}

async function sweepDictionaries(
  segment: number,
  { store, isCurrent }: RetentionWork,
  pause: () => Promise<void>,
): Promise<void> {
  const { names, services, resources, scopes } = store.tables;
  for (const table of [names, services, resources, scopes]) {
    for (let after: number | undefined = 0; after !== undefined;) {
      after = table.collect(segment, after, idsPerSweep);
      await pause();
      if (!isCurrent()) return;
    }
  }
}

async function attempt<T>(action: () => Promise<T>): Promise<T> {
  return action();
}
