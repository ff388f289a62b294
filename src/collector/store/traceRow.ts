import type { TraceId } from '../../core/model/ids';
import type { SpanRecord } from './spanRecord';

/** A row of `traces`: what is known of a trace without looking at its spans. Times as in the schema. */
export interface TraceRow {
  readonly id: number;
  readonly traceId: TraceId;
  /** Earliest start that is not 0; 0 while there is none. */
  startMicros: number;
  startNanos: number;
  /** Latest end. */
  endMicros: number;
  endNanos: number;
  spanCount: number;
  errorCount: number;
  /** Ids of services, at most maxServices. */
  services: number[];
  firstSegment: number;
  lastSegment: number;
  /** The root is the earliest span without a parent; while there is none, the earliest span stands in for it. */
  hasRoot: boolean;
  rootHigh: number;
  rootLow: number;
  rootMicros: number;
  rootNanos: number;
  rootName: number;
  rootService: number;
  rootError: boolean;
  rootCategory: number;
  /** See the schema: 0 = not pinned. */
  pinSegment: number;
}

/** A summary lists no more services than this: its row is written again with every batch. */
export const maxServices = 500;

const statusError = 2;

export function newTraceRow(id: number, traceId: TraceId): TraceRow {
  return {
    id,
    traceId,
    startMicros: 0,
    startNanos: 0,
    endMicros: 0,
    endNanos: 0,
    spanCount: 0,
    errorCount: 0,
    services: [],
    firstSegment: 0,
    lastSegment: 0,
    hasRoot: false,
    rootHigh: 0,
    rootLow: 0,
    rootMicros: 0,
    rootNanos: 0,
    rootName: 0,
    rootService: 0,
    rootError: false,
    rootCategory: 0,
    pinSegment: 0,
  };
}

/** Takes one more span into the summary. The result does not depend on the order in which spans are added. */
export function addSpan(row: TraceRow, span: SpanRecord): void {
  const { spanHigh, spanLow, startMicros: micros, startNanos: nanos, service } = span;
  const isRoot = span.parentHigh === 0 && span.parentLow === 0;
  const isFirst = row.spanCount === 0;
  row.spanCount++;
  if (span.status === statusError) row.errorCount++;
  if (!row.services.includes(service) && row.services.length < maxServices) row.services.push(service);
  const hasStart = micros !== 0 || nanos !== 0;
  const knowsStart = row.startMicros !== 0 || row.startNanos !== 0;
  if (hasStart && (!knowsStart || isBefore(micros, nanos, row.startMicros, row.startNanos))) {
    row.startMicros = micros;
    row.startNanos = nanos;
  }
  const end = nanos + span.duration;
  const endMicros = micros + Math.floor(end / 1000);
  const endNanos = end - Math.floor(end / 1000) * 1000;
  if (isFirst || isBefore(row.endMicros, row.endNanos, endMicros, endNanos)) {
    row.endMicros = endMicros;
    row.endNanos = endNanos;
  }
  if (!isFirst && row.hasRoot !== isRoot) {
    if (row.hasRoot) return;
  } else if (!isFirst && !isEarlierRoot(row, spanHigh, spanLow, micros, nanos)) {
    return;
  }
  row.hasRoot = isRoot;
  row.rootHigh = spanHigh;
  row.rootLow = spanLow;
  row.rootMicros = micros;
  row.rootNanos = nanos;
  row.rootName = span.name;
  row.rootService = service;
  row.rootError = span.status === statusError;
  row.rootCategory = span.category;
}

/** A start of 0 is unknown and comes last; of equal starts the lower span id comes first. */
function isEarlierRoot(row: TraceRow, high: number, low: number, micros: number, nanos: number): boolean {
  const known = micros !== 0 || nanos !== 0;
  const rootKnown = row.rootMicros !== 0 || row.rootNanos !== 0;
  if (known !== rootKnown) return known;
  if (micros !== row.rootMicros || nanos !== row.rootNanos) {
    return isBefore(micros, nanos, row.rootMicros, row.rootNanos);
  }
  return high !== row.rootHigh ? high < row.rootHigh : low < row.rootLow;
}

function isBefore(micros: number, nanos: number, otherMicros: number, otherNanos: number): boolean {
  return micros !== otherMicros ? micros < otherMicros : nanos < otherNanos;
}
