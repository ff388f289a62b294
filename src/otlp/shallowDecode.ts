import { unknownService } from '../core/semantics/serviceName';
import { joinRanges, type ByteRange } from './joinRanges';
import { MalformedProtobufError } from './malformedProtobufError';
import { ProtobufReader } from './protobufReader';
import { RejectedCounts } from './rejectedCounts';
import { serviceOf } from './serviceOf';
import type { SpanBatch } from './spanBatch';
import { createColumns, growColumns } from './spanColumns';
import { SpanScanner } from './spanScanner';

/** Columns that one request made longer than this are let go by the next decode. */
const keptCapacity = 1 << 16;

const noBytes = new Uint8Array(0);
/** An empty batch with room for `capacity` spans; it grows as needed. */
export function createSpanBatch(capacity: number): SpanBatch {
  return {
    count: 0,
    bytes: noBytes,
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
  const decoder = new RequestDecoder(bytes, batch);
  decoder.request();
  batch.count = decoder.count;
  batch.rejected = decoder.rejected.list();
}

class RequestDecoder {
  count = 0;
  readonly rejected = new RejectedCounts();
  private readonly reader: ProtobufReader;
  private readonly scanner: SpanScanner;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly batch: SpanBatch,
  ) {
    this.reader = new ProtobufReader(bytes);
    this.scanner = new SpanScanner(bytes, batch);
  }

  request(): void {
    const { reader } = this;
    try {
      for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
        if (tag === 0x0a) this.resourceSpans();
        else reader.skip(tag);
      }
    } catch (error) {
      this.batch.groups = [];
      throw error;
    }
  }

  private resourceSpans(): void {
    const { reader, batch } = this;
    const outerEnd = reader.enter();
    const firstGroup = batch.groups.length;
    const resources: ByteRange[] = [];
    let schemaUrl = '';
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x0a) resources.push({ start: reader.stepOver(), end: reader.offset });
      else if (tag === 0x12) this.scopeSpans();
      else if (tag === 0x1a) schemaUrl = reader.string();
      else reader.skip(tag);
    }
    reader.leave(outerEnd);
    // Fields may come in any order: the resource of these groups is known only now.
    const resource = joinRanges(this.bytes, resources);
    const service = serviceOf(resource);
    for (const group of batch.groups.slice(firstGroup)) {
      group.resource = resource;
      group.resourceSchemaUrl = schemaUrl;
      group.service = service;
    }
  }

  private scopeSpans(): void {
    const { reader, batch } = this;
    const outerEnd = reader.enter();
    const firstSpan = this.count;
    const group = batch.groups.length;
    const scopes: ByteRange[] = [];
    let schemaUrl = '';
    for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
      if (tag === 0x12) this.span(reader.stepOver(), reader.offset, group);
      else if (tag === 0x0a) {
        const start = reader.stepOver();
        if (!this.scanner.scope(start, reader.offset))
          throw new MalformedProtobufError('malformed scope', start);
        scopes.push({ start, end: reader.offset });
      } else if (tag === 0x1a) schemaUrl = reader.string();
      else reader.skip(tag);
    }
    reader.leave(outerEnd);
    // A group without spans would cost memory and tell nothing.
    if (this.count === firstSpan) return;
    batch.groups.push({
      resource: noBytes,
      resourceSchemaUrl: '',
      scope: joinRanges(this.bytes, scopes),
      scopeSchemaUrl: schemaUrl,
      service: unknownService,
    });
  }

  private span(start: number, end: number, group: number): void {
    const row = this.count;
    if (row === this.batch.kind.length) growColumns(this.batch);
    const reason = this.scanner.span(start, end, row);
    if (reason !== undefined) {
      this.rejected.add(reason);
      return;
    }
    this.batch.group[row] = group;
    this.count++;
  }
}
