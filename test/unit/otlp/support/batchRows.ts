import { spanIdFromHalves } from '../../../../src/core/model/ids';
import type { Resource, ResourceSpans, Scope, Span } from '../../../../src/core/model/span';
import { serviceName } from '../../../../src/core/semantics/serviceName';
import { spanCategory } from '../../../../src/core/semantics/spanCategory';
import { spanFeatures } from '../../../../src/core/semantics/spanFeatures';
import { decodeResource, decodeScope, decodeSpan } from '../../../../src/otlp/decodeSpan';
import type { SpanBatch } from '../../../../src/otlp/spanBatch';

interface BatchRow {
  traceId: string;
  spanId: string;
  /** 16 zeros where there is none. */
  parentId: string;
  startMicros: number;
  startNanos: number;
  duration: number;
  name: string;
  kind: number;
  status: number;
  category: number;
  features: number;
  flags: number;
  span: Span;
  resource: Resource;
  resourceSchemaUrl: string;
  scope: Scope;
  scopeSchemaUrl: string;
  service: string;
}

/** A batch as one plain object a span, each with all that hangs on its row decoded. */
export function batchRows(batch: SpanBatch): BatchRow[] {
  return Array.from({ length: batch.count }, (_, row) => {
    const group = batch.groups[batch.group[row]!]!;
    const words = [batch.traceId0, batch.traceId1, batch.traceId2, batch.traceId3];
    return {
      traceId: words.map(word => word[row]!.toString(16).padStart(8, '0')).join(''),
      spanId: spanIdFromHalves(batch.spanIdHigh[row]!, batch.spanIdLow[row]!),
      parentId: spanIdFromHalves(batch.parentIdHigh[row]!, batch.parentIdLow[row]!),
      startMicros: batch.startMicros[row]!,
      startNanos: batch.startNanos[row]!,
      duration: batch.duration[row]!,
      name: batch.name[row]!,
      kind: batch.kind[row]!,
      status: batch.status[row]!,
      category: batch.category[row]!,
      features: batch.features[row]!,
      flags: batch.flags[row]!,
      span: decodeSpan(batch.bytes.subarray(batch.offset[row], batch.offset[row]! + batch.length[row]!)),
      resource: decodeResource(group.resource),
      resourceSchemaUrl: group.resourceSchemaUrl,
      scope: decodeScope(group.scope),
      scopeSchemaUrl: group.scopeSchemaUrl,
      service: group.service,
    };
  });
}

/** The same rows made from the model, by plain arithmetic on bigints. */
export function expectedRows(traces: readonly ResourceSpans[]): BatchRow[] {
  const column = (value: number): number => (value >= 0 && value < 256 ? value : 0);
  return traces.flatMap(({ resource, schemaUrl: resourceSchemaUrl, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, schemaUrl: scopeSchemaUrl, spans }) =>
      spans.map(span => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentId: span.parentSpanId.padStart(16, '0'),
        startMicros: Number(span.start / 1000n),
        startNanos: Number(span.start % 1000n),
        duration: Number(span.end - span.start),
        name: span.name,
        kind: column(span.kind),
        status: column(span.status.code),
        category: spanCategory(span),
        features: spanFeatures(span),
        flags: span.flags,
        span,
        resource,
        resourceSchemaUrl,
        scope,
        scopeSchemaUrl,
        service: serviceName(resource),
      })),
    ),
  );
}
