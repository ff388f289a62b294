import { RejectedCounts } from './rejectedCounts';
import { RequestDecoder } from './requestDecoder';
import type { RejectedSpans, SpanBatch } from './spanBatch';
import { createColumns, growColumns } from './spanColumns';
import { SpanScanner } from './spanScanner';

/** Columns that one request made longer than this are let go by the next decode. */
const keptCapacity = 1 << 16;

/** An empty batch with room for `capacity` spans; it grows as needed. */
export function createSpanBatch(capacity: number): SpanBatch {
  return {
    count: 0,
    bytes: new Uint8Array(0),
    ...createColumns(capacity),
    name: [],
    groups: [],
    rejected: [],
  };
}

/**
 * Reads an ExportTraceServiceRequest (collector/trace/v1/trace_service.proto) into `batch`, replacing what was there.
 *
 * Throws MalformedProtobufError, and leaves the batch empty, where the request as a whole is malformed: its framing, a
 * Resource or an InstrumentationScope. A span that is malformed or has an invalid trace or span id (wrong length or all
 * zero: trace.proto, "an ID ... is considered invalid") is counted in `rejected` and the others are kept. A parent id
 * that is empty, all zero or of a wrong length counts as none: the span is a root then, which loses less than the span.
 */
export function shallowDecode(bytes: Uint8Array, batch: SpanBatch): void {
  batch.count = 0;
  batch.bytes = bytes;
  batch.groups = [];
  batch.rejected = [];
  if (batch.kind.length > keptCapacity) {
    Object.assign(batch, createColumns(keptCapacity));
    batch.name = [];
  }
  const decoder = new SpanDecoder(bytes, batch, new SpanScanner(bytes, batch));
  decoder.request();
  batch.count = decoder.count;
  batch.rejected = decoder.rejected.list();
}

class SpanDecoder extends RequestDecoder {
  count = 0;
  readonly rejected = new RejectedCounts<RejectedSpans['reason']>();

  constructor(
    bytes: Uint8Array,
    private readonly batch: SpanBatch,
    private readonly scanner: SpanScanner,
  ) {
    super(bytes, batch.groups, scanner);
  }

  protected override item(start: number, end: number, group: number): boolean {
    const row = this.count;
    if (row === this.batch.kind.length) growColumns(this.batch);
    const reason = this.scanner.span(start, end, row);
    if (reason !== undefined) {
      this.rejected.add(reason);
      return false;
    }
    this.batch.group[row] = group;
    this.count++;
    return true;
  }
}
