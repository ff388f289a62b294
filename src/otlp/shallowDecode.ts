import type { KeyValue } from '../core/model/attributes';
import { CategoryHint } from '../core/semantics/categoryHint';
import { categoryIndex, categoryOf } from '../core/semantics/categoryOf';
import { unknownService } from '../core/semantics/serviceName';
import { ByteCache } from './byteCache';
import { decodeKeyValue } from './decodeAttributes';
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
const names = new ByteCache(2048, 128, (bytes, start, end) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', start, end),
);

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
    this.scanner = new SpanScanner(bytes);
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
    const { scanner, batch } = this;
    if (!scanner.span(start, end)) {
      this.rejected.add('malformed-span');
      return;
    }
    if (!(scanner.traceId0 | scanner.traceId1 | scanner.traceId2 | scanner.traceId3)) {
      this.rejected.add('invalid-trace-id');
      return;
    }
    if (!(scanner.spanIdHigh | scanner.spanIdLow)) {
      this.rejected.add('invalid-span-id');
      return;
    }
    const row = this.count++;
    if (row === batch.kind.length) growColumns(batch);
    batch.traceId0[row] = scanner.traceId0;
    batch.traceId1[row] = scanner.traceId1;
    batch.traceId2[row] = scanner.traceId2;
    batch.traceId3[row] = scanner.traceId3;
    batch.spanIdHigh[row] = scanner.spanIdHigh;
    batch.spanIdLow[row] = scanner.spanIdLow;
    batch.parentIdHigh[row] = scanner.parentIdHigh;
    batch.parentIdLow[row] = scanner.parentIdLow;
    // high * 2^32 + low divided by 1000 without leaving the exact integers: 2^32 = 4294967 * 1000 + 296.
    const rest = scanner.startHigh * 296 + scanner.startLow;
    batch.startMicros[row] = scanner.startHigh * 4294967 + Math.floor(rest / 1000);
    batch.startNanos[row] = rest % 1000;
    batch.duration[row] =
      (scanner.endHigh - scanner.startHigh) * 0x100000000 + (scanner.endLow - scanner.startLow);
    batch.name[row] = names.get(this.bytes, scanner.nameStart, scanner.nameEnd);
    batch.group[row] = group;
    batch.kind[row] = scanner.kind;
    batch.status[row] = scanner.status;
    batch.category[row] = this.category();
    batch.features[row] = scanner.features;
    batch.flags[row] = scanner.flags;
    batch.offset[row] = start;
    batch.length[row] = end - start;
  }

  private category(): number {
    const { hints, kind, overrideStart, overrideEnd } = this.scanner;
    if (hints & CategoryHint.Override) {
      const entries: KeyValue[] = [];
      decodeKeyValue(new ProtobufReader(this.bytes, overrideStart, overrideEnd), entries);
      const value = entries[0]?.value;
      const override = typeof value === 'string' ? categoryIndex(value) : -1;
      if (override >= 0) return override;
    }
    return categoryOf(hints, kind);
  }
}
