import type { SpanDetailJson, SpanJson, TracesJson } from './otlpJson';

/**
 * Spans with what they belong to, as one OTLP/JSON export request: those of one resource and scope together, otherwise
 * in the order given.
 */
export function groupSpansJson(details: readonly SpanDetailJson[]): TracesJson {
  const resourceSpans: TracesJson['resourceSpans'] = [];
  const resources = new Map<string, TracesJson['resourceSpans'][number]>();
  const scopes = new Map<string, TracesJson['resourceSpans'][number]['scopeSpans'][number]>();
  for (const detail of details) {
    const resourceKey = JSON.stringify(detail.resource);
    let ofResource = resources.get(resourceKey);
    if (!ofResource) {
      const { schemaUrl, ...resource } = detail.resource;
      ofResource = { resource, scopeSpans: [], schemaUrl };
      resources.set(resourceKey, ofResource);
      resourceSpans.push(ofResource);
    }
    const scopeKey = `${resourceKey}\n${JSON.stringify(detail.scope)}`;
    let ofScope = scopes.get(scopeKey);
    if (!ofScope) {
      const { schemaUrl, ...scope } = detail.scope;
      ofScope = { scope, spans: [], schemaUrl };
      scopes.set(scopeKey, ofScope);
      ofResource.scopeSpans.push(ofScope);
    }
    ofScope.spans.push(bareSpan(detail));
  }
  return { resourceSpans };
}

function bareSpan(detail: SpanDetailJson): SpanJson {
  return {
    traceId: detail.traceId,
    spanId: detail.spanId,
    parentSpanId: detail.parentSpanId,
    traceState: detail.traceState,
    flags: detail.flags,
    name: detail.name,
    kind: detail.kind,
    startTimeUnixNano: detail.startTimeUnixNano,
    endTimeUnixNano: detail.endTimeUnixNano,
    attributes: detail.attributes,
    droppedAttributesCount: detail.droppedAttributesCount,
    events: detail.events,
    droppedEventsCount: detail.droppedEventsCount,
    links: detail.links,
    droppedLinksCount: detail.droppedLinksCount,
    status: detail.status,
  };
}
