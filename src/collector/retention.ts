import { setImmediate } from 'node:timers/promises';
import type { TraceId } from '../core/model/ids';
import { createSpanBatch, shallowDecode } from '../otlp/shallowDecode';
import type { Retention } from '../protocol/collectorProtocol';
import { carriedRequest, type CarriedSpan, type EncodedContext } from './carriedRequest';
import type { Journal, Segment } from './journal/journal';
import { frameKind, segmentHeaderBytes } from './journal/segmentFormat';
import type { ContextTable } from './store/contextTable';
import type { SpanPlace } from './store/spanReader';
import type { Store } from './store/store';
import type { TraceRow } from './store/traceRow';

/** What one drop of a segment did. */
export interface Dropped {
  readonly spans: number;
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
  /** False once the data were cleared or the engine closes: stop without another change. */
  readonly isCurrent: () => boolean;
}

/** Work is done in slices of this length, with the event loop free in between. */
const sliceMs = 8;
const tracesPerStep = 256;
/** One carried request: small enough to be built and written well within a slice. */
const bytesPerCarry = 256 * 1024;
const spansPerStep = 1000;
/** Dictionary rows looked through in one go. */
const idsPerSweep = 2000;

/** A segment is closed once it holds this part of what may be kept, so that dropping one goes not far below the limit. */
const segmentShare = 1 / 8;

/** Whether the segment that is written to should be followed by a new one for retention's sake. */
export function shouldRotate(segment: Segment, spans: number, limits: Retention, now: number): boolean {
  return (
    spans >= limits.maxSpans * segmentShare ||
    segment.bytes >= limits.maxBytes * segmentShare ||
    now - segment.createdMs >= limits.maxAgeSeconds * 1000 * segmentShare
  );
}

/** The segment to drop next, or undefined where all limits are kept. */
export function nextToDrop(
  journal: Journal,
  spanCount: number,
  limits: Retention,
  now: number,
): Segment | undefined {
  const [oldest] = journal.segments;
  if (!oldest || oldest.bytes <= segmentHeaderBytes) return undefined;
  const isOver =
    spanCount > limits.maxSpans ||
    journal.bytes > limits.maxBytes ||
    now - oldest.modifiedMs > limits.maxAgeSeconds * 1000;
  return isOver ? oldest : undefined;
}

/**
 * Drops the oldest segment with all traces whose last span arrived in it. Spans of traces that reach into newer
 * segments are written again at the journal's end first; where those are more than half of the segment, or cannot be
 * read, they are dropped instead, so that retention always gets on. A crash in between loses nothing: the file goes
 * last, and a replay that finds both places takes the newer one.
 */
export async function dropSegment(segment: Segment, work: RetentionWork): Promise<void> {
  const { store, journal, isCurrent } = work;
  const pause = slices();
  let budget = segment.bytes / 2;
  for (;;) {
    const rows = store.tables.traces.reachingBackTo(segment.number, tracesPerStep);
    if (rows.length === 0) break;
    const ending = rows.filter(row => row.lastSegment <= segment.number);
    if (ending.length > 0) await dropTraces(ending, work);
    for (const row of rows) {
      if (!isCurrent()) return;
      // Judged as it was before the pause: at worst it is carried although it could go.
      if (row.lastSegment > segment.number) budget -= await leaveSegment(row, segment, budget, work, pause);
    }
    await pause();
    if (!isCurrent()) return;
  }
  while (store.remover.sweep()) {
    await pause();
    if (!isCurrent()) return;
  }
  await sweepDictionaries(segment.number, work, pause);
  if (!isCurrent()) return;
  // What was carried forward must not be lost with a power loss that the deletion of the file survives.
  await journal.flush().catch(work.onFailure);
  if (!isCurrent()) return;
  await journal.drop(segment.number);
}

/** The rows go in the same turn as the mark is appended: spans that come later are behind it, and begin a new trace. */
async function dropTraces(
  rows: readonly TraceRow[],
  { store, journal, onDropped, onFailure }: RetentionWork,
): Promise<void> {
  // Carried spans of these traces may lie in newer segments: the mark keeps a replay from bringing them back.
  const ids = Buffer.from(rows.map(row => row.traceId).join(''), 'hex');
  const written = attempt(() => journal.append(frameKind.dropped, ids).written);
  store.remover.dropTraces(rows);
  const spans = rows.reduce((sum, row) => sum + row.spanCount, 0);
  onDropped({ spans, removed: rows.map(row => row.traceId), changed: [] });
  await written.catch(onFailure);
}

/** Carries the spans that a living trace has in `segment` forward, or drops them. Answers the bytes it wrote. */
async function leaveSegment(
  { id, traceId }: TraceRow,
  segment: Segment,
  budget: number,
  work: RetentionWork,
  pause: () => Promise<void>,
): Promise<number> {
  const { store, isCurrent } = work;
  let written = 0;
  let after: SpanPlace | undefined;
  for (;;) {
    const places = takeUpTo(store.spans.upToSegment(id, segment.number, after, spansPerStep), bytesPerCarry);
    after = places.at(-1);
    if (!after) break;
    const bytes = places.reduce((sum, place) => sum + place.length, 0);
    const isCarried = written + bytes <= budget && (await carry(places, work));
    if (!isCurrent()) return written;
    if (isCarried) written += bytes;
    else {
      store.remover.cut(traceId, places);
      work.onDropped({ spans: places.length, removed: [], changed: [traceId] });
    }
    await pause();
    if (!isCurrent()) return written;
  }
  const row = store.tables.traces.find(traceId);
  if (row?.spanCount === 0) await dropTraces([row], work);
  else if (row) store.remover.leaveSegment(traceId, segment.number);
  return written;
}

/** Writes the spans again at the journal's end; false where they cannot be read or written. */
async function carry(
  places: readonly SpanPlace[],
  { store, journal, onFailure, isCurrent }: RetentionWork,
): Promise<boolean> {
  try {
    const contexts = new EncodedContexts(journal);
    const spans = places.map((place): CarriedSpan => {
      const resource = contexts.of(store.tables.resources, place.resource);
      return {
        span: journal.readSync(place),
        resource,
        scope: contexts.of(store.tables.scopes, place.scope),
      };
    });
    const request = carriedRequest(spans);
    const { location, written } = journal.append(frameKind.carried, request);
    await written;
    if (!isCurrent()) return true;
    const batch = createSpanBatch(spans.length);
    shallowDecode(request, batch);
    store.relocate(batch, location, false);
    return true;
  } catch (error) {
    onFailure(error);
    return false;
  }
}

/** Encoded resources and scopes, each read once. */
class EncodedContexts {
  private readonly known = new Map<ContextTable, Map<number, EncodedContext>>();

  constructor(private readonly journal: Journal) {}

  of(table: ContextTable, id: number): EncodedContext {
    let known = this.known.get(table);
    if (!known) this.known.set(table, (known = new Map<number, EncodedContext>()));
    let context = known.get(id);
    if (!context) {
      const stored = table.find(id);
      if (!stored) throw new Error(`there is no resource or scope ${id}`);
      const bytes = stored.bytes instanceof Uint8Array ? stored.bytes : this.journal.readSync(stored.bytes);
      known.set(id, (context = { id, bytes, schemaUrl: stored.schemaUrl }));
    }
    return context;
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

/** The first of `places`, at least one, that have `bytes` together. */
function takeUpTo(places: readonly SpanPlace[], bytes: number): readonly SpanPlace[] {
  let sum = 0;
  const end = places.findIndex((place, i) => (sum += place.length) > bytes && i > 0);
  return end < 0 ? places : places.slice(0, end);
}

async function attempt<T>(action: () => Promise<T>): Promise<T> {
  return action();
}

/** Waits for the event loop's next turn whenever a slice of time is used up. */
function slices(): () => Promise<void> {
  let end = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < end) return;
    await setImmediate();
    end = performance.now() + sliceMs;
  };
}
