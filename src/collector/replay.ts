import { parseTraceId } from '../core/model/ids';
import { MalformedProtobufError } from '../otlp/malformedProtobufError';
import { createSpanBatch, shallowDecode } from '../otlp/shallowDecode';
import type { RecoveredFrame } from './journal/openJournal';
import { frameKind } from './journal/segmentFormat';
import type { Store } from './store/store';
import type { TraceRow } from './store/traceRow';

const traceIdBytes = 16;

/** Brings a store up to date with the journal, frame by frame. */
export class Replay {
  /** Spans that the store did not have. */
  spans = 0;
  private readonly batch = createSpanBatch(1024);

  constructor(
    private readonly store: Store,
    private readonly log: (level: 'info' | 'warn' | 'error', message: string) => void,
  ) {}

  take({ kind, location, payload }: RecoveredFrame): void {
    if (kind === frameKind.dropped) {
      this.drop(payload);
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
    this.store.remover.discardBelow(firstSegment);
    while (this.store.remover.sweep());
  }

  private drop(traceIds: Uint8Array): void {
    const { tables, remover } = this.store;
    const rows: TraceRow[] = [];
    for (let at = 0; at + traceIdBytes <= traceIds.length; at += traceIdBytes) {
      const id = parseTraceId(Buffer.from(traceIds.subarray(at, at + traceIdBytes)).toString('hex'));
      const row = id && tables.traces.find(id);
      if (row) rows.push(row);
    }
    remover.dropTraces(rows);
    while (remover.sweep());
  }
}
