import type { ItemGroup } from './itemGroup';

/**
 * What ingest reads of an ExportLogsServiceRequest: the columns of each well-formed record and where its bytes lie (see
 * shallowDecodeLogs). Row i of every column is one record; the arrays may be longer than `count` and are reused by the
 * next decode.
 */
export interface LogBatch {
  count: number;
  /** The request the offsets point into. */
  bytes: Uint8Array;
  /** Trace id as four big-endian words: its hex digits in order. All zero where the record belongs to no trace. */
  traceId0: Uint32Array;
  traceId1: Uint32Array;
  traceId2: Uint32Array;
  traceId3: Uint32Array;
  /** 0, 0 where the record belongs to no span. */
  spanIdHigh: Uint32Array;
  spanIdLow: Uint32Array;
  /** The record's time, else the time it was observed at: whole microseconds since the epoch, exact below 2^53. */
  micros: Float64Array;
  /** 0..999, the rest of the time. */
  nanos: Uint16Array;
  /** SeverityNumber. */
  severity: Uint8Array;
  /** Index into `groups`. */
  group: Uint32Array;
  /** Where the encoded LogRecord message lies in `bytes`. */
  offset: Uint32Array;
  length: Uint32Array;
  groups: ItemGroup[];
  rejected: RejectedLogRecords[];
}

/** Log records that break a rule of the OTLP specification, or a limit, and are left out: reported as partial success. */
export interface RejectedLogRecords {
  reason: 'malformed-log-record' | 'too-many-log-records' | 'large-context';
  count: number;
}
