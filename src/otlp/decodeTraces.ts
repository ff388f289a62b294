import type { ResourceSpans, ScopeSpans, Span } from '../core/model/span';
import { decodeResource, decodeScope, decodeSpan } from './decodeSpan';
import { InvalidSpanError } from './invalidSpanError';
import { joinRanges, type ByteRange } from './joinRanges';
import { MalformedProtobufError } from './malformedProtobufError';
import { ProtobufReader } from './protobufReader';
import { RejectedCounts } from './rejectedCounts';
import type { RejectedSpans } from './spanBatch';

type SpanCounts = RejectedCounts<RejectedSpans['reason']>;

export interface DecodedTraces {
  resourceSpans: ResourceSpans[];
  /** Spans that were left out. */
  rejected: RejectedSpans[];
}

/**
 * All of an ExportTraceServiceRequest (collector/trace/v1/trace_service.proto), or of TracesData, which is alike on the
 * wire. Throws MalformedProtobufError where it is none; a single bad span is left out and counted.
 */
export function decodeTraces(bytes: Uint8Array): DecodedTraces {
  const reader = new ProtobufReader(bytes);
  const rejected = new RejectedCounts<RejectedSpans['reason']>();
  const resourceSpans: ResourceSpans[] = [];
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) resourceSpans.push(decodeResourceSpans(reader, bytes, rejected));
    else reader.skip(tag);
  }
  return { resourceSpans, rejected: rejected.list() };
}

function decodeResourceSpans(reader: ProtobufReader, bytes: Uint8Array, rejected: SpanCounts): ResourceSpans {
  const outerEnd = reader.enter();
  const resource: ByteRange[] = [];
  const scopeSpans: ScopeSpans[] = [];
  let schemaUrl = '';
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) resource.push({ start: reader.stepOver(), end: reader.offset });
    else if (tag === 0x12) scopeSpans.push(decodeScopeSpans(reader, bytes, rejected));
    else if (tag === 0x1a) schemaUrl = reader.string();
    else reader.skip(tag);
  }
  reader.leave(outerEnd);
  return { resource: decodeResource(joinRanges(bytes, resource)), schemaUrl, scopeSpans };
}

function decodeScopeSpans(reader: ProtobufReader, bytes: Uint8Array, rejected: SpanCounts): ScopeSpans {
  const outerEnd = reader.enter();
  const scope: ByteRange[] = [];
  const spans: Span[] = [];
  let schemaUrl = '';
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    if (tag === 0x0a) scope.push({ start: reader.stepOver(), end: reader.offset });
    else if (tag === 0x12) {
      const start = reader.stepOver();
      const span = spanOrReason(bytes.subarray(start, reader.offset));
      if (typeof span === 'string') rejected.add(span);
      else spans.push(span);
    } else if (tag === 0x1a) schemaUrl = reader.string();
    else reader.skip(tag);
  }
  reader.leave(outerEnd);
  return { scope: decodeScope(joinRanges(bytes, scope)), schemaUrl, spans };
}

function spanOrReason(bytes: Uint8Array): Span | RejectedSpans['reason'] {
  try {
    return decodeSpan(bytes);
  } catch (error) {
    if (error instanceof InvalidSpanError) return error.reason;
    if (error instanceof MalformedProtobufError) return 'malformed-span';
    throw error;
  }
}
