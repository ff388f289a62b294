import type { ResourceSpans, ScopeSpans, Span } from '../../core/model/span';
import type { DecodedTraces } from '../decodeTraces';
import { InvalidJsonError } from '../invalidJsonError';
import { isObject } from '../jsonFields';
import { RejectedCounts } from '../rejectedCounts';
import type { RejectedSpans } from '../spanBatch';
import { separateSharedSpans } from './separateSharedSpans';
import { readZipkinSpan, type ZipkinSpan } from './zipkinSpan';

/**
 * A list of Zipkin v2 spans (zipkin-api, zipkin2-api.yaml, ListOfSpans), already parsed: see parseOtlpJson. The mapping
 * is the inverse of the OpenTelemetry specification's "OpenTelemetry to Zipkin Transformation". Throws InvalidJsonError
 * where the document is no list; a single bad span is left out and counted.
 */
export function zipkinToTraces(document: unknown): DecodedTraces {
  if (!Array.isArray(document)) throw new InvalidJsonError('expected a list of spans');
  const rejected = new RejectedCounts<RejectedSpans['reason']>();
  const spans: ZipkinSpan[] = [];
  for (const item of document) {
    const span = isObject(item) ? readZipkinSpan(item) : 'malformed-span';
    if (typeof span === 'string') rejected.add(span);
    else spans.push(span);
  }
  return { resourceSpans: grouped(separateSharedSpans(spans)), rejected: rejected.list() };
}

interface Group extends ScopeSpans {
  readonly spans: Span[];
}

/** Each span of Zipkin's has its own resource and scope; OTLP has one for all that are alike. */
function grouped(all: readonly ZipkinSpan[]): ResourceSpans[] {
  const resources = new Map<string, ResourceSpans & { readonly scopes: Map<string, Group> }>();
  for (const { span, resource, scope } of all) {
    const resourceKey = JSON.stringify(resource);
    let atResource = resources.get(resourceKey);
    if (!atResource) {
      atResource = {
        resource: { attributes: resource, droppedAttributesCount: 0 },
        schemaUrl: '',
        scopeSpans: [],
        scopes: new Map<string, Group>(),
      };
      resources.set(resourceKey, atResource);
    }
    const scopeKey = JSON.stringify(scope);
    let atScope = atResource.scopes.get(scopeKey);
    if (!atScope) {
      atScope = {
        scope: { ...scope, attributes: [], droppedAttributesCount: 0 },
        schemaUrl: '',
        spans: [],
      };
      atResource.scopes.set(scopeKey, atScope);
    }
    atScope.spans.push(span);
  }
  return Array.from(resources.values(), ({ resource, schemaUrl, scopes }) => ({
    resource,
    schemaUrl,
    scopeSpans: [...scopes.values()],
  }));
}
