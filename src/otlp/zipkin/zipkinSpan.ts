import type { Attributes, KeyValue } from '../../core/model/attributes';
import { parseSpanId, parseTraceId, type SpanId, type TraceId } from '../../core/model/ids';
import { nanoseconds } from '../../core/model/nanoseconds';
import { SpanKind, type Span, type SpanEvent } from '../../core/model/span';
import { InvalidJsonError } from '../invalidJsonError';
import { eachObject, field, member, objectMember, stringMember, type JsonObject } from '../jsonFields';
import type { RejectedSpans } from '../spanBatch';
import { eventOfAnnotation } from './eventOfAnnotation';
import { nanosOfMicros } from './nanosOfMicros';
import { readTags } from './readTags';

/** One span with the resource and scope that it names. */
export interface ZipkinSpan {
  readonly span: Span;
  readonly resource: Attributes;
  readonly scope: { readonly name: string; readonly version: string };
  /** The server's half of an RPC, under the id of the client's half. */
  readonly shared: boolean;
}

const traceId = field('traceId');
const id = field('id');
const parentId = field('parentId');
const name = field('name');
const kind = field('kind');
const timestamp = field('timestamp');
const duration = field('duration');
const annotations = field('annotations');
const tags = field('tags');
const localEndpoint = field('localEndpoint');
const remoteEndpoint = field('remoteEndpoint');
const serviceName = field('serviceName');
const ipv4 = field('ipv4');
const ipv6 = field('ipv6');
const port = field('port');

const kinds = new Map([
  ['CLIENT', SpanKind.Client],
  ['SERVER', SpanKind.Server],
  ['PRODUCER', SpanKind.Producer],
  ['CONSUMER', SpanKind.Consumer],
]);

/** What the OpenTelemetry Collector marks a span with that came without a timestamp. */
const startAbsent = 'otel.zipkin.absentField.startTime';

/** A span of zipkin2-api.yaml, or why it must be left out. */
export function readZipkinSpan(json: JsonObject): ZipkinSpan | RejectedSpans['reason'] {
  const validTraceId = zipkinTraceId(member(json, traceId));
  if (validTraceId === undefined) return 'invalid-trace-id';
  const spanId = zipkinSpanId(member(json, id));
  if (spanId === undefined) return 'invalid-span-id';
  try {
    return convert(json, validTraceId, spanId);
  } catch (error) {
    if (error instanceof InvalidJsonError) return 'malformed-span';
    throw error;
  }
}

function convert(json: JsonObject, validTraceId: TraceId, spanId: SpanId): ZipkinSpan {
  const local = objectMember(json, localEndpoint);
  const remote = objectMember(json, remoteEndpoint);
  const read = readTags(objectMember(json, tags));
  const events = eachObject(json, annotations, eventOfAnnotation);
  const start = startOf(json, events);
  const parent = zipkinSpanId(member(json, parentId));
  const isDebug = flag(json, 'debug');
  const isShared = flag(json, 'shared');
  const peer = stringMember(remote, serviceName);
  // A tag that says the same by name goes before it ("OpenTelemetry to Zipkin Transformation", "Zipkin -> OTLP").
  const told = new Set(read.attributes.map(entry => entry.key));
  const attributes: KeyValue[] = [
    ...endpointAttributes(local, 'network.local'),
    ...endpointAttributes(remote, 'network.peer'),
    ...(peer === '' ? [] : [{ key: 'peer.service', value: peer }]),
    ...(isDebug ? [{ key: 'zipkin.debug', value: true }] : []),
    ...(isShared ? [{ key: 'zipkin.shared', value: true }] : []),
    ...(start === undefined ? [{ key: startAbsent, value: true }] : []),
  ].filter(entry => !told.has(entry.key));
  const begin = start ?? 0n;
  const service = stringMember(local, serviceName);
  return {
    span: {
      traceId: validTraceId,
      spanId,
      // Some tracers give a root its own id as parent.
      parentSpanId: parent === undefined || parent === spanId ? '' : parent,
      traceState: read.traceState,
      // Debug is a request to keep the span (zipkin2-api.yaml, "debug"): it was sampled.
      flags: isDebug ? 1 : 0,
      name: stringMember(json, name),
      kind: kindOf(member(json, kind)),
      start: nanoseconds(begin),
      end: nanoseconds(begin + nanosOfMicros(member(json, duration) ?? 0, duration.camel)),
      attributes: [...read.attributes, ...attributes],
      droppedAttributesCount: read.droppedAttributesCount,
      events,
      droppedEventsCount: read.droppedEventsCount,
      links: [],
      droppedLinksCount: read.droppedLinksCount,
      status: read.status,
    },
    resource: service === '' ? read.resource : withService(read.resource, service),
    scope: read.scope,
    shared: isShared,
  };
}

/** The timestamp; else that of the first annotation; undefined where there is neither. */
function startOf(json: JsonObject, events: readonly SpanEvent[]): bigint | undefined {
  const given = nanosOfMicros(member(json, timestamp) ?? 0, timestamp.camel);
  if (given !== 0n) return given;
  return events.reduce<bigint | undefined>(
    (first, { time }) => (first === undefined || time < first ? time : first),
    undefined,
  );
}

/** A local span has no kind; the specification's table maps INTERNAL to that. */
function kindOf(value: unknown): SpanKind {
  if (value === undefined) return SpanKind.Internal;
  if (typeof value !== 'string') throw new InvalidJsonError('expected a string', kind.camel);
  return kinds.get(value) ?? SpanKind.Unspecified;
}

function withService(resource: Attributes, service: string): Attributes {
  return [{ key: 'service.name', value: service }, ...resource.filter(({ key }) => key !== 'service.name')];
}

function endpointAttributes(endpoint: JsonObject, prefix: string): KeyValue[] {
  const address = stringMember(endpoint, ipv4) || stringMember(endpoint, ipv6);
  const number = member(endpoint, port) ?? 0;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 0xffff)
    throw new InvalidJsonError('expected a port', port.camel);
  return [
    ...(address === '' ? [] : [{ key: `${prefix}.address`, value: address }]),
    ...(number === 0 ? [] : [{ key: `${prefix}.port`, value: BigInt(number) }]),
  ];
}

function flag(json: JsonObject, camel: 'debug' | 'shared'): boolean {
  const value = json[camel] ?? false;
  if (typeof value !== 'boolean') throw new InvalidJsonError('expected true or false', camel);
  return value;
}

/** 64 or 128 bits; shorter ones are what is left of an id whose zeros at the front were cut off. */
function zipkinTraceId(value: unknown): TraceId | undefined {
  return typeof value === 'string' && value !== '' ? parseTraceId(value.padStart(32, '0')) : undefined;
}

function zipkinSpanId(value: unknown): SpanId | undefined {
  return typeof value === 'string' && value !== '' ? parseSpanId(value.padStart(16, '0')) : undefined;
}
