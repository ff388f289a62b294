import assert from 'node:assert/strict';
import {
  ROOT_CONTEXT,
  SpanKind as ApiKind,
  SpanStatusCode,
  TraceFlags,
  trace,
  type HrTime,
} from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import type { Attributes, AttributeValue } from '../../../src/core/model/attributes';
import type { ResourceSpans } from '../../../src/core/model/span';
import { decodeTraces } from '../../../src/otlp/decodeTraces';
import { parseOtlpJson } from '../../../src/otlp/parseOtlpJson';
import { createSpanBatch, shallowDecode } from '../../../src/otlp/shallowDecode';
import { tracesFromJson } from '../../../src/otlp/tracesFromJson';
import { batchRows, expectedRows } from './support/batchRows';

/** Spans as a real program records them: two scopes, all attribute types, events, an exception, links, a status. */
function record(): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'checkout', 'process.pid': 4711 }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
    spanLimits: { attributeCountLimit: 12, eventCountLimit: 2, linkCountLimit: 1 },
  });
  const http = provider.getTracer('http', '1.2.3');
  const db = provider.getTracer('db');
  const root = http.startSpan('POST /checkout', {
    kind: ApiKind.SERVER,
    startTime: [1_760_000_000, 123],
    attributes: {
      'http.request.method': 'POST',
      text: 'ä€😀\u0000"',
      empty: '',
      yes: true,
      no: false,
      int: -42,
      big: 2 ** 52,
      double: 0.1,
      texts: ['a', 'b'],
      ints: [1, 2, 3],
      nothing: [],
    },
  });
  const context = trace.setSpan(ROOT_CONTEXT, root);
  const other = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: TraceFlags.SAMPLED };
  const query = db.startSpan(
    'INSERT orders',
    {
      kind: ApiKind.CLIENT,
      links: [{ context: other, attributes: { why: 'retry' } }, { context: other }],
      attributes: { 'db.system.name': 'sqlite' },
    },
    context,
  );
  for (const name of ['one', 'two']) query.addEvent(name, { n: 1.5 }, [1_760_000_000, 999_999_999]);
  query.recordException(new TypeError('constraint failed'), [1_760_000_001, 1]);
  query.setStatus({ code: SpanStatusCode.ERROR, message: 'constraint failed' });
  query.end();
  root.end([1_760_000_002, 7]);
  return exporter.getFinishedSpans();
}

function nanos([seconds, rest]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(rest);
}

function plain(attributes: Attributes): Record<string, unknown> {
  const plainValue = (value: AttributeValue): unknown =>
    Array.isArray(value) ? value.map(plainValue) : typeof value === 'bigint' ? Number(value) : value;
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function assertRecorded(traces: readonly ResourceSpans[], recorded: readonly ReadableSpan[]): void {
  const found = traces.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) => spans.map(span => ({ resource, scope, span }))),
  );
  assert.equal(found.length, recorded.length);
  for (const expected of recorded) {
    const context = expected.spanContext();
    const match = found.find(({ span }) => span.spanId === context.spanId);
    assert.ok(match);
    const { span, scope, resource } = match;
    assert.deepEqual(plain(resource.attributes), expected.resource.attributes);
    assert.equal(scope.name, expected.instrumentationScope.name);
    assert.equal(scope.version, expected.instrumentationScope.version ?? '');
    assert.equal(span.traceId, context.traceId);
    assert.equal(span.parentSpanId, expected.parentSpanContext?.spanId ?? '');
    assert.equal(span.flags & 0xff, context.traceFlags);
    assert.equal(span.name, expected.name);
    assert.equal(span.kind, expected.kind + 1);
    assert.equal(span.start, nanos(expected.startTime));
    assert.equal(span.end, nanos(expected.endTime));
    assert.deepEqual(plain(span.attributes), expected.attributes);
    assert.deepEqual(
      span.events.map(event => ({
        time: event.time,
        name: event.name,
        attributes: plain(event.attributes),
      })),
      expected.events.map(event => ({
        time: nanos(event.time),
        name: event.name,
        attributes: event.attributes,
      })),
    );
    assert.deepEqual(
      span.links.map(link => ({
        traceId: link.traceId,
        spanId: link.spanId,
        attributes: plain(link.attributes),
      })),
      expected.links.map(link => ({
        traceId: link.context.traceId,
        spanId: link.context.spanId,
        attributes: link.attributes ?? {},
      })),
    );
    assert.equal(span.droppedAttributesCount, expected.droppedAttributesCount);
    assert.equal(span.droppedEventsCount, expected.droppedEventsCount);
    assert.equal(span.droppedLinksCount, expected.droppedLinksCount);
    assert.equal(span.status.code, expected.status.code);
    assert.equal(span.status.message, expected.status.message ?? '');
  }
}

describe('what the OpenTelemetry JS SDK sends', () => {
  const recorded = record();

  it('has the cases it is here for', () => {
    assert.equal(recorded.length, 2);
    assert.ok(recorded.some(span => span.droppedEventsCount > 0 && span.droppedLinksCount > 0));
    assert.ok(recorded.some(span => span.events.some(event => event.name === 'exception')));
  });

  it('comes out of protobuf as it was recorded', () => {
    const bytes = ProtobufTraceSerializer.serializeRequest(recorded);
    assert.ok(bytes);
    const { resourceSpans, rejected } = decodeTraces(bytes);
    assert.deepEqual(rejected, []);
    assertRecorded(resourceSpans, recorded);
    const batch = createSpanBatch(16);
    shallowDecode(bytes, batch);
    assert.deepEqual(batchRows(batch), expectedRows(resourceSpans));
    assert.deepEqual(
      batch.groups.map(group => group.service),
      ['checkout', 'checkout'],
    );
  });

  it('comes out of OTLP/JSON as it was recorded', () => {
    const bytes = JsonTraceSerializer.serializeRequest(recorded);
    assert.ok(bytes);
    const { resourceSpans, rejected } = tracesFromJson(parseOtlpJson(bytes));
    assert.deepEqual(rejected, []);
    assertRecorded(resourceSpans, recorded);
  });
});
