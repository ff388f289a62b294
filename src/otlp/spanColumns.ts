import type { SpanBatch } from './spanBatch';

/** The typed arrays of a SpanBatch. */
export function createColumns(capacity: number) {
  return {
    traceId0: new Uint32Array(capacity),
    traceId1: new Uint32Array(capacity),
    traceId2: new Uint32Array(capacity),
    traceId3: new Uint32Array(capacity),
    spanIdHigh: new Uint32Array(capacity),
    spanIdLow: new Uint32Array(capacity),
    parentIdHigh: new Uint32Array(capacity),
    parentIdLow: new Uint32Array(capacity),
    startMicros: new Float64Array(capacity),
    startNanos: new Uint16Array(capacity),
    duration: new Float64Array(capacity),
    group: new Uint32Array(capacity),
    kind: new Uint8Array(capacity),
    status: new Uint8Array(capacity),
    category: new Uint8Array(capacity),
    features: new Uint8Array(capacity),
    flags: new Uint32Array(capacity),
    offset: new Uint32Array(capacity),
    length: new Uint32Array(capacity),
  };
}

/** Makes room for more spans; the rows that are there stay. */
export function growColumns(batch: SpanBatch): void {
  const old = batch.kind.length;
  const columns = createColumns(Math.max(64, old * 2));
  columns.traceId0.set(batch.traceId0);
  columns.traceId1.set(batch.traceId1);
  columns.traceId2.set(batch.traceId2);
  columns.traceId3.set(batch.traceId3);
  columns.spanIdHigh.set(batch.spanIdHigh);
  columns.spanIdLow.set(batch.spanIdLow);
  columns.parentIdHigh.set(batch.parentIdHigh);
  columns.parentIdLow.set(batch.parentIdLow);
  columns.startMicros.set(batch.startMicros);
  columns.startNanos.set(batch.startNanos);
  columns.duration.set(batch.duration);
  columns.group.set(batch.group);
  columns.kind.set(batch.kind);
  columns.status.set(batch.status);
  columns.category.set(batch.category);
  columns.features.set(batch.features);
  columns.flags.set(batch.flags);
  columns.offset.set(batch.offset);
  columns.length.set(batch.length);
  Object.assign(batch, columns);
}
