import { ProtobufWriter } from '../otlp/protobufWriter';

/** A span or log record as retention carries it forward: its encoded message, and those of what it belongs to. */
export interface CarriedItem {
  readonly message: Uint8Array;
  readonly resource: EncodedContext;
  readonly scope: EncodedContext;
}

/** `id` tells equal ones without comparing bytes. */
export interface EncodedContext {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly schemaUrl: string;
}

/**
 * An export request of these items, as they came in, one ResourceSpans and ScopeSpans (ResourceLogs and ScopeLogs) a
 * combination, in the order in which the combinations come. The field numbers are the same for both signals.
 */
export function carriedRequest(items: readonly CarriedItem[]): Uint8Array {
  const groups = new Map<string, CarriedItem[]>();
  for (const item of items) {
    const key = `${item.resource.id}/${item.scope.id}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
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
        for (const { message } of group) request.copy(0x12, message);
        if (scope.schemaUrl !== '') request.string(0x1a, scope.schemaUrl);
      });
      if (resource.schemaUrl !== '') request.string(0x1a, resource.schemaUrl);
    });
  }
  return request.finish();
}
