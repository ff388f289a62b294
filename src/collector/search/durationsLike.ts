import { percentile } from '../../core/analysis/percentile';
import { spanIdToHalves, type SpanId, type TraceId } from '../../core/model/ids';
import { StatusCode } from '../../core/model/span';
import type { Result } from '../../protocol/collectorProtocol';
import type { Journal } from '../journal/journal';
import type { Location } from '../journal/location';
import { slices } from '../slices';
import type { Dictionary } from '../store/dictionary';
import type { Fragment, FragmentPlace } from '../store/fragmentTable';
import type { SpanRecord } from '../store/spanRecord';
import type { Store } from '../store/store';
import { statementShape } from './statementShape';

const failed: number = StatusCode.Error;

export interface DurationsOptions {
  /** It ends with what it has after this long. */
  readonly budgetMs?: number;
  /** Rejects with its reason once it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** Long enough for a million spans by their names, or about a hundred thousand by their statements. */
const defaultBudgetMs = 1500;
/** Rows of the table read between two looks at the clock, and the spans in them after which no more are. */
const fragmentsPerStep = 256;
const spansPerStep = 16_384;
/** Spans decoded between two looks at the clock. */
const spansPerLook = 16;

/** A span of the same name and service, by its statement where that matters. */
interface Candidate {
  readonly location: Location;
  readonly duration: number;
  readonly isError: boolean;
}

/**
 * How long spans like this one took: those of its service and name in the whole store, and of its statement where it has
 * one; the traces that arrived last first, until the time is up. Undefined where there is no such span.
 */
export async function durationsLike(
  { store, journal }: { readonly store: Store; readonly journal: Journal },
  traceId: TraceId,
  spanId: SpanId,
  { budgetMs = defaultBudgetMs, signal }: DurationsOptions = {},
): Promise<Result<'durationsLike'> | undefined> {
  const wanted = likeness(store, traceId, spanId);
  if (!wanted) return undefined;
  const shapeOf = (at: Location): string | undefined => statementShape(journal, at);
  const shape = shapeOf(wanted.location);
  const end = performance.now() + budgetMs;
  const pause = slices();
  const { tables } = store;
  const taken = new Durations();
  let isComplete = true;
  let before: FragmentPlace | undefined = { trace: Number.MAX_SAFE_INTEGER, number: 0 };
  while (before && isComplete) {
    const candidates: Candidate[] = [];
    before = candidatesBefore(store, before, wanted, candidates);
    let looked = 0;
    for (const candidate of candidates) {
      if (shape !== undefined) {
        if (++looked % spansPerLook === 0) await pause();
        signal?.throwIfAborted();
        isComplete &&= store.tables === tables && performance.now() < end;
        if (!isComplete) break;
        if (shapeOf(candidate.location) !== shape) continue;
      }
      taken.add(candidate.duration, candidate.isError);
    }
    await pause();
    signal?.throwIfAborted();
    // Everything may have been cleared meanwhile.
    isComplete &&= store.tables === tables && (before === undefined || performance.now() < end);
  }
  return { by: shape === undefined ? 'operation' : 'statement', ...taken.summary(), complete: isComplete };
}

interface Likeness {
  readonly isService: (id: number) => boolean;
  readonly isName: (id: number) => boolean;
  readonly location: Location;
}

function likeness({ tables }: Store, traceId: TraceId, spanId: SpanId): Likeness | undefined {
  const { high, low } = spanIdToHalves(spanId);
  const trace = tables.traces.find(traceId);
  const number = trace && tables.knownSpans.of(trace.id).ids.get(high, low);
  if (trace === undefined || number === undefined) return undefined;
  const fragment = tables.fragments.seek(trace.id, number, high, low);
  if (!fragment) return undefined;
  const { spans } = fragment;
  return {
    isService: sameText(tables.services, spans.service),
    isName: sameText(tables.names, spans.name),
    location: locationOf(fragment, spans),
  };
}

/** A dictionary may hold a text twice. */
function sameText(dictionary: Dictionary, id: number): (other: number) => boolean {
  const text = dictionary.text(id);
  const known = new Map<number, boolean>([[id, true]]);
  return other => {
    let isSame = known.get(other);
    if (isSame === undefined) known.set(other, (isSame = dictionary.text(other) === text));
    return isSame;
  };
}

/** Reads a step of the table; undefined where nothing is left of it. */
function candidatesBefore(
  { tables }: Store,
  before: FragmentPlace,
  { isService, isName }: Likeness,
  found: Candidate[],
): FragmentPlace | undefined {
  let seen = 0;
  return tables.fragments.pageBefore(before, fragmentsPerStep, fragment => {
    const { spans } = fragment;
    for (; spans.next(); seen++) {
      if (!isName(spans.name) || !isService(spans.service)) continue;
      // One that ends before it starts took no time that could be told.
      if (spans.duration < 0) continue;
      found.push({
        location: locationOf(fragment, spans),
        duration: spans.duration,
        isError: spans.status === failed,
      });
    }
    return seen < spansPerStep;
  });
}

function locationOf(fragment: Fragment, { offset, length }: SpanRecord): Location {
  return { segment: fragment.segment, offset: fragment.offset + offset, length };
}

/** Durations in nanoseconds, and what is told of them. */
class Durations {
  private values = new Float64Array(1024);
  private count = 0;
  private errors = 0;

  add(duration: number, isError: boolean): void {
    if (this.count === this.values.length) {
      const grown = new Float64Array(this.count * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.count++] = duration;
    if (isError) this.errors++;
  }

  summary(): { count: number; errors: number; p50Nano: number; p95Nano: number; maxNano: number } {
    const { count, errors } = this;
    const sorted = this.values.subarray(0, count).sort();
    return {
      count,
      errors,
      p50Nano: percentile(sorted, 0.5),
      p95Nano: percentile(sorted, 0.95),
      maxNano: percentile(sorted, 1),
    };
  }
}
