import type { Attributes, KeyValue } from '../../core/model/attributes';
import { StatusCode } from '../../core/model/span';
import type { JsonObject } from '../jsonFields';
import { plainValue } from './plainValue';

/** What the tags of a span say. */
export interface ZipkinTags {
  readonly attributes: Attributes;
  /** Those that describe what recorded the span. */
  readonly resource: Attributes;
  readonly scope: { readonly name: string; readonly version: string };
  readonly status: { readonly code: StatusCode; readonly message: string };
  readonly traceState: string;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
}

const statusCodes = new Map<unknown, StatusCode>([
  ['OK', StatusCode.Ok],
  ['ERROR', StatusCode.Error],
]);

/** Namespaces of the resource semantic conventions that no span attribute is in. Exporters put resources into the tags. */
const ofResources =
  /^(?:service|telemetry|process|host|os|container|k8s|cloud|deployment|device|webengine)\./;

/**
 * Undoes what an OpenTelemetry exporter puts into tags ("OpenTelemetry to Zipkin Transformation", section "Status", and
 * "OpenTelemetry Transformation to non-OTLP Formats"). An `error` tag of any other tracer means that the span failed
 * (zipkin2-conventions.md), unless it says `false`.
 */
export function readTags(tags: JsonObject): ZipkinTags {
  const left = new Map(Object.entries(tags).map(([key, value]) => [key, plainValue(value)]));
  const take = (...keys: string[]): string => {
    for (const key of keys) {
      const value = left.get(key);
      if (typeof value !== 'string') continue;
      left.delete(key);
      return value;
    }
    return '';
  };
  const count = (key: string): number => {
    const digits = left.get(key);
    if (typeof digits !== 'string' || !/^\d{1,9}$/.test(digits)) return 0;
    left.delete(key);
    return Number(digits);
  };
  const status = { code: StatusCode.Unset, message: '' };
  const code = statusCodes.get(left.get('otel.status_code'));
  if (code !== undefined) {
    status.code = code;
    left.delete('otel.status_code');
  }
  const error = left.get('error');
  const failed = left.has('error') && error !== false && error !== 'false';
  if (failed && status.code !== StatusCode.Ok) {
    status.code = StatusCode.Error;
    status.message = take('error', 'otel.status_description');
    // Without a status code it may be no description at all: many tracers say no more than that it failed.
    if (code === undefined && status.message === 'true') status.message = '';
    left.delete('error');
  } else if (status.code === StatusCode.Error) status.message = take('otel.status_description');
  const read = {
    scope: {
      name: take('otel.scope.name', 'otel.library.name'),
      version: take('otel.scope.version', 'otel.library.version'),
    },
    status,
    traceState: take('w3c.tracestate'),
    droppedAttributesCount: count('otel.dropped_attributes_count'),
    droppedEventsCount: count('otel.dropped_events_count'),
    droppedLinksCount: count('otel.dropped_links_count'),
  };
  const attributes: KeyValue[] = [];
  const resource: KeyValue[] = [];
  for (const [key, value] of left) (ofResources.test(key) ? resource : attributes).push({ key, value });
  return { ...read, attributes, resource };
}
