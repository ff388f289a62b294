import type { SpanBatch } from '../../otlp/spanBatch';
import type { Location } from '../journal/location';
import { BatchIds } from './batchIds';
import type { BatchTraces } from './batchTraces';
import { FragmentEncoder } from './fragmentEncoder';
import type { KnownTrace } from './knownSpans';
import { SpanIdMap } from './spanIdMap';
import { newSpanRecord } from './spanRecord';
import type { Tables } from './tables';
import { addSpan, type TraceRow } from './traceRow';

interface GroupIds {
  readonly resource: number;
  readonly scope: number;
  readonly service: number;
}

/** What writes to one trace have in common. */
interface Target {
  readonly trace: number;
  readonly request: Location;
  /** Undefined where the trace had no span yet. */
  readonly known: KnownTrace | undefined;
  nextFragment: number;
}

/** A fragment is packed and read as a whole: among this many, one span is still found fast. */
const spansPerFragment = 256;

/**
 * Writes batches into the table `fragments`, up to the stretch that `traces` has read last; `rows[n]` is the trace number
 * n of it. A batch belongs to a request, whose place in the journal is `request`.
 */
export class SpanWriter {
  private readonly encoder = new FragmentEncoder();
  private readonly span = newSpanRecord();
  private readonly ids = new BatchIds();

  constructor(private readonly tables: Tables) {}

  /**
   * Inserts the spans and adds them to their rows. A span that is there already is left as it is, and `onDuplicate`
   * called with its place and the number of the other one in the batch.
   */
  insert(
    batch: SpanBatch,
    request: Location,
    traces: BatchTraces,
    rows: readonly TraceRow[],
    onDuplicate: (stored: Location, i: number) => void,
  ): void {
    const groups: (GroupIds | undefined)[] = [];
    this.ids.clear(traces.to - traces.from);
    for (let n = 0; n < traces.count; n++) {
      const row = rows[n];
      if (!row) throw new Error('a span of the batch has no trace');
      const target = this.target(row, request);
      const { known } = target;
      const end = traces.start[n + 1] ?? 0;
      for (let at = traces.start[n] ?? 0; at < end; at++) {
        const i = traces.order[at] ?? 0;
        const high = batch.spanIdHigh[i] ?? 0;
        const low = batch.spanIdLow[i] ?? 0;
        const fragment = known?.ids.get(high, low);
        if (fragment !== undefined) {
          onDuplicate(this.placeOf(row.id, fragment, high, low), i);
          continue;
        }
        const first = this.ids.add(batch, traces, i);
        if (first >= 0) {
          onDuplicate(placeIn(batch, first, request), i);
          continue;
        }
        this.encode(batch, i, groups, target);
        this.count(row, request);
      }
      this.finish(target);
    }
  }

  /**
   * Gives spans that are there already the bytes, resource and scope of those of `batch`. Those that are not there are
   * added where `addMissing`, else left out, as are all of a trace without a row.
   */
  relocate(
    batch: SpanBatch,
    request: Location,
    traces: BatchTraces,
    rows: readonly (TraceRow | undefined)[],
    addMissing: boolean,
  ): void {
    const groups: (GroupIds | undefined)[] = [];
    this.ids.clear(traces.to - traces.from);
    for (let n = 0; n < traces.count; n++) {
      const row = rows[n];
      if (!row) continue;
      const target = this.target(row, request);
      const moved = new Map<number, SpanIdMap>();
      const end = traces.start[n + 1] ?? 0;
      for (let at = traces.start[n] ?? 0; at < end; at++) {
        const i = traces.order[at] ?? 0;
        if (this.ids.add(batch, traces, i) >= 0) continue;
        const high = batch.spanIdHigh[i] ?? 0;
        const low = batch.spanIdLow[i] ?? 0;
        const fragment = target.known?.ids.get(high, low);
        if (fragment === undefined && !addMissing) continue;
        this.encode(batch, i, groups, target);
        if (fragment === undefined) this.count(row, request);
        else {
          const gone = moved.get(fragment) ?? new SpanIdMap();
          gone.set(high, low, fragment);
          moved.set(fragment, gone);
        }
      }
      for (const [fragment, gone] of moved) this.tables.fragments.removeSpans(row.id, fragment, gone);
      this.finish(target);
    }
  }

  private target(row: TraceRow, request: Location): Target {
    this.encoder.clear();
    const known = row.spanCount > 0 ? this.tables.knownSpans.of(row.id) : undefined;
    return { trace: row.id, request, known, nextFragment: known?.nextFragment ?? 0 };
  }

  /** Adds span i of `batch` to the trace's next fragment. */
  private encode(batch: SpanBatch, i: number, groups: (GroupIds | undefined)[], target: Target): void {
    const { span, encoder } = this;
    const { request } = target;
    if (encoder.count === spansPerFragment) this.flush(target);
    const groupIndex = batch.group[i] ?? 0;
    const group = (groups[groupIndex] ??= this.groupIds(batch, groupIndex, request));
    span.spanHigh = batch.spanIdHigh[i] ?? 0;
    span.spanLow = batch.spanIdLow[i] ?? 0;
    span.parentHigh = batch.parentIdHigh[i] ?? 0;
    span.parentLow = batch.parentIdLow[i] ?? 0;
    span.startMicros = batch.startMicros[i] ?? 0;
    span.startNanos = batch.startNanos[i] ?? 0;
    span.duration = batch.duration[i] ?? 0;
    span.name = this.tables.names.idOf(batch.name[i] ?? '', request.segment);
    span.resource = group.resource;
    span.scope = group.scope;
    span.service = group.service;
    span.kind = batch.kind[i] ?? 0;
    span.status = batch.status[i] ?? 0;
    span.category = batch.category[i] ?? 0;
    span.features = batch.features[i] ?? 0;
    span.flags = batch.flags[i] ?? 0;
    span.offset = batch.offset[i] ?? 0;
    span.length = batch.length[i] ?? 0;
    encoder.add(span);
  }

  /** Counts the span that was encoded last into the row of its trace. */
  private count(row: TraceRow, { segment }: Location): void {
    if (row.spanCount === 0 || segment < row.firstSegment) row.firstSegment = segment;
    addSpan(row, this.span);
  }

  private flush(target: Target): void {
    const { encoder } = this;
    const { trace, request, known, nextFragment } = target;
    if (encoder.count === 0) return;
    this.tables.fragments.insert(trace, nextFragment, request.segment, request.offset, encoder);
    if (known) known.addFragment(encoder.ids, nextFragment);
    target.nextFragment++;
    encoder.clear();
  }

  private finish(target: Target): void {
    this.flush(target);
    if (target.known) this.tables.knownSpans.keep(target.trace, target.known);
  }

  private placeOf(trace: number, number: number, high: number, low: number): Location {
    const fragment = this.tables.fragments.seek(trace, number, high, low);
    if (!fragment) throw new Error('a span of the trace is not where it was');
    const { segment, offset, spans } = fragment;
    return { segment, offset: offset + spans.offset, length: spans.length };
  }

  private groupIds(batch: SpanBatch, index: number, request: Location): GroupIds {
    const group = batch.groups[index];
    if (!group) throw new Error('a span of the batch has no group');
    const { services, resources, scopes } = this.tables;
    return {
      resource: resources.idOf(group.resource, group.resourceSchemaUrl, batch.bytes, request),
      scope: scopes.idOf(group.scope, group.scopeSchemaUrl, batch.bytes, request),
      service: services.idOf(group.service, request.segment),
    };
  }
}

function placeIn(batch: SpanBatch, i: number, { segment, offset }: Location): Location {
  return { segment, offset: offset + (batch.offset[i] ?? 0), length: batch.length[i] ?? 0 };
}
