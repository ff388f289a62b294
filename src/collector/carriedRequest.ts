import { ProtobufWriter } from '../otlp/protobufWriter';

/** A span as retention carries it forward: its encoded message, and those of what it belongs to. */
export interface CarriedSpan {
  readonly span: Uint8Array;
  readonly resource: EncodedContext;
  readonly scope: EncodedContext;
}

/** `id` tells equal ones without comparing bytes. */
export interface EncodedContext {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly schemaUrl: string;
}

/** An ExportTraceServiceRequest of these spans, as they came in, one ResourceSpans and ScopeSpans a combination. */
export function carriedRequest(spans: readonly CarriedSpan[]): Uint8Array {
  const groups = new Map<string, CarriedSpan[]>();
  for (const span of spans) {
    const key = `${span.resource.id}/${span.scope.id}`;
    const group = groups.get(key);
    if (group) group.push(span);
    else groups.set(key, [span]);
  }
  const request = new ProtobufWriter();
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const { resource, scope } = first;
    // trace_service.proto: resource_spans = 1; trace.proto: ResourceSpans.resource = 1, scope_spans = 2, schema_url = 3.
    request.message(0x0a, () => {
      if (resource.bytes.length > 0) request.copy(0x0a, resource.bytes);
      // ScopeSpans.scope = 1, spans = 2, schema_url = 3.
      request.message(0x12, () => {
        if (scope.bytes.length > 0) request.copy(0x0a, scope.bytes);
        for (const { span } of group) request.copy(0x12, span);
        if (scope.schemaUrl !== '') request.string(0x1a, scope.schemaUrl);
      });
      if (resource.schemaUrl !== '') request.string(0x1a, resource.schemaUrl);
    });
  }
  return request.finish();
}
