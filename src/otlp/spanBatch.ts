import type { ItemGroup } from './itemGroup';

/**
 * What ingest reads of an ExportTraceServiceRequest: the hot columns of each valid span and where its bytes lie. The
 * attributes, events and links stay encoded in the request (see shallowDecode). Row i of every column is one span; the
 * arrays may be longer than `count` and are reused by the next decode.
 */
export interface SpanBatch {
  count: number;
  /** The request the offsets point into. */
  bytes: Uint8Array;
  /** Trace id as four big-endian words: its hex digits in order. */
  traceId0: Uint32Array;
  traceId1: Uint32Array;
  traceId2: Uint32Array;
  traceId3: Uint32Array;
  spanIdHigh: Uint32Array;
  spanIdLow: Uint32Array;
  parentIdHigh: Uint32Array;
  parentIdLow: Uint32Array;
  /** Whole microseconds since the epoch; exact below 2^53 (the year 2255). */
  startMicros: Float64Array;
  /** 0..999, the rest of the start. */
  startNanos: Uint16Array;
  /** end - start in ns, negative where a span ends before it starts. */
  duration: Float64Array;
  name: string[];
  /** Index into `groups`. */
  group: Uint32Array;
  kind: Uint8Array;
  status: Uint8Array;
  /** Index into `categories` of core/semantics/category, as the span alone tells it. */
  category: Uint8Array;
  /** Bits of SpanFeature. */
  features: Uint8Array;
  /** The `flags` field of the span. */
  flags: Uint32Array;
  /** Where the encoded Span message lies in `bytes`. */
  offset: Uint32Array;
  length: Uint32Array;
  groups: ItemGroup[];
  rejected: RejectedSpans[];
}

/** Spans that break a rule of the OTLP specification, or a limit, and are left out: reported as partial success. */
export interface RejectedSpans {
  reason: 'invalid-trace-id' | 'invalid-span-id' | 'malformed-span' | 'large-context';
  count: number;
}
