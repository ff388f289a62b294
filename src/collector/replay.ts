import type { TraceId } from '../core/model/ids';
import { MalformedProtobufError } from '../otlp/malformedProtobufError';
import { createSpanBatch, shallowDecode } from '../otlp/shallowDecode';
import type { RecoveredFrame } from './journal/openJournal';
import { frameKind } from './journal/segmentFormat';
import type { Store } from './store/store';
import { decodeTraceIds } from './traceIdList';

/** Brings a store up to date with the journal, frame by frame. */
export class Replay {
  /** Spans that the store did not have. */
  spans = 0;
  private readonly batch = createSpanBatch(1024);
  /** What was noted of traces, by the segment of the note, 0 = not pinned: their spans may come behind it. */
  private readonly pins = new Map<TraceId, number>();

  constructor(
    private readonly store: Store,
    private readonly log: (level: 'info' | 'warn' | 'error', message: string) => void,
  ) {}

  take({ kind, location, payload }: RecoveredFrame): void {
    if (kind === frameKind.dropped) {
      this.drop(decodeTraceIds(payload));
      return;
    }
    if (kind === frameKind.pinned || kind === frameKind.unpinned) {
      const segment = kind === frameKind.pinned ? location.segment : 0;
      for (const traceId of decodeTraceIds(payload)) this.pins.set(traceId, segment);
      return;
    }
    if (kind !== frameKind.request && kind !== frameKind.carried) {
      this.log(
        'warn',
        `the journal has a frame of the unknown kind ${kind} at ${location.segment}:${location.offset}`,
      );
      return;
    }
    const before = this.store.tables.spanCount;
    try {
      shallowDecode(payload, this.batch);
      if (kind === frameKind.carried) this.store.relocate(this.batch, location, true);
      else this.store.insert(this.batch, location, () => undefined);
    } catch (error) {
      if (!(error instanceof MalformedProtobufError)) throw error;
      this.log(
        'error',
        `the journal has a request that is none at ${location.segment}:${location.offset}: ${error.message}`,
      );
    }
    this.spans += this.store.tables.spanCount - before;
  }

  /** Takes out what refers to segments below `firstSegment`: their files went after the snapshot was written. */
  finish(firstSegment = Number.MAX_SAFE_INTEGER): void {
    const { tables, remover } = this.store;
    remover.discardBelow(firstSegment);
    while (remover.sweep());
    tables.transaction(() => {
      for (const [traceId, segment] of this.pins) tables.pin(traceId, segment);
    });
  }

  private drop(traceIds: readonly TraceId[]): void {
    const { tables, remover } = this.store;
    for (const traceId of traceIds) this.pins.delete(traceId);
    remover.dropTraces(traceIds.flatMap(traceId => tables.traces.find(traceId) ?? []));
    while (remover.sweep());
  }
}
