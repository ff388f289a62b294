import { logShape } from './eraseTraces';
import { isErased } from './isErased';
import type { LogBatch, RejectedLogRecords } from './logBatch';
import { LogScanner } from './logScanner';
import { RejectedCounts } from './rejectedCounts';
import { RequestDecoder } from './requestDecoder';

/** Columns that one request made longer than this are let go by the next decode. */
const keptCapacity = 1 << 16;

/**
 * A record may be empty, two bytes on the wire, and takes a hundred in the store: one request must not exhaust the
 * memory. SDKs send 512 at a time (OpenTelemetry specification, "Batching processor").
 */
const maxRecords = 1 << 20;

/** An empty batch with room for `capacity` log records; it grows as needed. */
export function createLogBatch(capacity: number): LogBatch {
  return { count: 0, bytes: new Uint8Array(0), ...createColumns(capacity), groups: [], rejected: [] };
}

/**
 * Reads an ExportLogsServiceRequest (collector/logs/v1/logs_service.proto) into `batch`, replacing what was there.
 *
 * Throws MalformedProtobufError, and leaves the batch empty, where the request as a whole is malformed: its framing, a
 * Resource or an InstrumentationScope. A record that is malformed, or one too many, is counted in `rejected` and the
 * others are kept. An id that is empty, all zero or of a wrong length counts as none: a record need not have one
 * (logs.proto, "trace_id"). What eraseTraces left of a record is none.
 */
export function shallowDecodeLogs(bytes: Uint8Array, batch: LogBatch): void {
  batch.count = 0;
  batch.bytes = bytes;
  batch.groups = [];
  batch.rejected = [];
  if (batch.severity.length > keptCapacity) Object.assign(batch, createColumns(keptCapacity));
  const decoder = new LogDecoder(bytes, batch, new LogScanner(bytes, batch));
  decoder.request();
  batch.count = decoder.count;
  batch.rejected = decoder.rejected.list();
}

class LogDecoder extends RequestDecoder {
  count = 0;
  readonly rejected = new RejectedCounts<RejectedLogRecords['reason']>();

  constructor(
    bytes: Uint8Array,
    private readonly batch: LogBatch,
    private readonly scanner: LogScanner,
  ) {
    super(bytes, batch.groups, scanner);
  }

  protected override item(start: number, end: number, group: number): boolean {
    const row = this.count;
    if (isErased(this.bytes, start, end, logShape.filler)) return false;
    if (row === maxRecords) {
      this.rejected.add('too-many-log-records');
      return false;
    }
    if (row === this.batch.severity.length) growColumns(this.batch);
    if (!this.scanner.record(start, end, row)) {
      this.rejected.add('malformed-log-record');
      return false;
    }
    this.batch.group[row] = group;
    this.count++;
    return true;
  }
}

function createColumns(capacity: number) {
  return {
    traceId0: new Uint32Array(capacity),
    traceId1: new Uint32Array(capacity),
    traceId2: new Uint32Array(capacity),
    traceId3: new Uint32Array(capacity),
    spanIdHigh: new Uint32Array(capacity),
    spanIdLow: new Uint32Array(capacity),
    micros: new Float64Array(capacity),
    nanos: new Uint16Array(capacity),
    severity: new Uint8Array(capacity),
    group: new Uint32Array(capacity),
    offset: new Uint32Array(capacity),
    length: new Uint32Array(capacity),
  };
}

/** Makes room for more records; the rows that are there stay. */
function growColumns(batch: LogBatch): void {
  const columns = createColumns(Math.max(64, batch.severity.length * 2));
  columns.traceId0.set(batch.traceId0);
  columns.traceId1.set(batch.traceId1);
  columns.traceId2.set(batch.traceId2);
  columns.traceId3.set(batch.traceId3);
  columns.spanIdHigh.set(batch.spanIdHigh);
  columns.spanIdLow.set(batch.spanIdLow);
  columns.micros.set(batch.micros);
  columns.nanos.set(batch.nanos);
  columns.severity.set(batch.severity);
  columns.group.set(batch.group);
  columns.offset.set(batch.offset);
  columns.length.set(batch.length);
  Object.assign(batch, columns);
}
