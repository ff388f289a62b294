import type { TraceId } from '../core/model/ids';
import { MalformedProtobufError } from '../otlp/malformedProtobufError';
import { createSpanBatch, shallowDecode } from '../otlp/shallowDecode';
import { createLogBatch, shallowDecodeLogs } from '../otlp/shallowDecodeLogs';
import type { Location } from './journal/location';
import type { RecoveredFrame } from './journal/openJournal';
import { frameKind } from './journal/segmentFormat';
import { discardLogs } from './logs/discardLogs';
import { slices } from './slices';
import type { Store } from './store/store';
import { decodeTraceIds } from './traceIdList';

/** Brings a store up to date with the journal, frame by frame. */
export class Replay {
  /** Spans and log records that the store did not have. */
  items = 0;
  /** Traces that were deleted, and where that was noted: their bytes may still be there. */
  readonly deleted = new Map<TraceId, Location>();
  private readonly batch = createSpanBatch(1024);
  /** What was noted of traces, by the segment of the note, 0 = not pinned: their spans may come behind it. */
  private readonly pins = new Map<TraceId, number>();
  private readonly logBatch = createLogBatch(256);

  constructor(
    private readonly store: Store,
    private readonly log: (level: 'info' | 'warn' | 'error', message: string) => void,
  ) {}

  take(frame: RecoveredFrame): void {
    const { kind, location, payload } = frame;
    if (kind === frameKind.dropped || kind === frameKind.deleted) {
      const traceIds = decodeTraceIds(payload);
      this.drop(traceIds);
      if (kind === frameKind.deleted) for (const traceId of traceIds) this.deleted.set(traceId, location);
      return;
    }
    if (kind === frameKind.pinned || kind === frameKind.unpinned) {
      const segment = kind === frameKind.pinned ? location.segment : 0;
      for (const traceId of decodeTraceIds(payload)) this.pins.set(traceId, segment);
      return;
    }
    const { tables } = this.store;
    const before = tables.spanCount + tables.logCount;
    try {
      if (!this.takeRequest(frame))
        this.log(
          'warn',
          `the journal has a frame of the unknown kind ${kind} at ${location.segment}:${location.offset}`,
        );
    } catch (error) {
      if (!(error instanceof MalformedProtobufError)) throw error;
      this.log(
        'error',
        `the journal has a request that is none at ${location.segment}:${location.offset}: ${error.message}`,
      );
    }
    this.items += tables.spanCount + tables.logCount - before;
  }

  /** Takes out what refers to segments below `firstSegment`: their files went after the snapshot was written. */
  async finish(firstSegment = Number.MAX_SAFE_INTEGER): Promise<void> {
    const { tables, logs, remover } = this.store;
    const pause = slices();
    remover.discardBelow(firstSegment);
    await discardLogs(firstSegment, tables.logTraces, logs, pause);
    while (remover.sweep()) await pause();
    tables.transaction(() => {
      for (const [traceId, segment] of this.pins) tables.pin(traceId, segment);
    });
  }

  /** False for a frame that holds no request. Throws MalformedProtobufError. */
  private takeRequest({ kind, location, payload }: RecoveredFrame): boolean {
    const { store, batch, logBatch } = this;
    switch (kind) {
      case frameKind.request:
        shallowDecode(payload, batch);
        store.insert(batch, location, () => undefined);
        return true;
      case frameKind.carried:
        shallowDecode(payload, batch);
        store.relocate(batch, location, true);
        return true;
      case frameKind.logsRequest:
        shallowDecodeLogs(payload, logBatch);
        store.logs.insert(logBatch, location, () => undefined);
        return true;
      case frameKind.carriedLogs:
        shallowDecodeLogs(payload, logBatch);
        store.logs.takeCarried(logBatch, location);
        return true;
      default:
        return false;
    }
  }

  private drop(traceIds: readonly TraceId[]): void {
    const { tables, logs, remover } = this.store;
    for (const traceId of traceIds) this.pins.delete(traceId);
    remover.dropTraces(traceIds.flatMap(traceId => tables.traces.find(traceId) ?? []));
    // The trace may be there by its log records alone.
    logs.remover.dropTraces(traceIds);
    while (remover.sweep());
  }
}
