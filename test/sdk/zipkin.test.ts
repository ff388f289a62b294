import assert from 'node:assert/strict';
import {
  ROOT_CONTEXT,
  type Attributes,
  SpanKind,
  SpanStatusCode,
  trace,
  type HrTime,
  type Tracer,
} from '@opentelemetry/api';
import { ZipkinExporter } from '@opentelemetry/exporter-zipkin';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import { defaultSettings } from '../../src/protocol/collectorArguments';
import type { Status } from '../../src/protocol/collectorProtocol';
import type { SpanDetail } from '../../src/protocol/spanDetail';
import { DataFolder } from './support/dataFolder';
import { buildPrograms, type Programs } from './support/programs';
import { Window } from './support/window';

const settings = { ...defaultSettings, httpPort: 0, grpcPort: 0 };

describe('the Zipkin exporter of a real SDK', () => {
  let programs: Programs;
  let folder: DataFolder;
  let window: Window;

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
  });
  beforeEach(() => {
    folder = new DataFolder();
    window = new Window(programs, folder);
  });
  afterEach(async () => {
    window.close();
    await folder.remove();
  });

  async function configure(zipkinPort: number | null): Promise<Status['zipkin']> {
    return (await window.client.request('configure', { ...settings, zipkinPort })).result.zipkin;
  }

  async function listening(): Promise<number> {
    const zipkin = await configure(0);
    assert.equal(zipkin.state, 'listening', JSON.stringify(zipkin));
    return zipkin.port;
  }

  it('is received as soon as the setting has a port, and no longer when it has none', async () => {
    assert.deepEqual((await window.status()).zipkin, { state: 'off' });
    const port = await listening();
    assert.deepEqual((await window.status()).zipkin, { state: 'listening', port });
    const send = (): Promise<Response> =>
      fetch(`http://localhost:${port}/api/v2/spans`, { method: 'POST', body: '[{"traceId":"a","id":"b"}]' });
    // fetch names a text as text/plain.
    assert.equal((await send()).status, 415);
    assert.deepEqual(await configure(null), { state: 'off' });
    await assert.rejects(send());
    assert.equal((await window.status()).http.state, 'listening');
  });

  it('comes back with all that Zipkin has a place for', async () => {
    const port = await listening();
    const recorded = await record(port, recordEverything);
    const { traceId } = recorded[0]!.spanContext();
    const { spans } = (await window.client.request('spans', { traceId, from: 0, count: 100 })).result;
    assert.equal(spans.length, recorded.length);
    for (const span of recorded) {
      const found = spans.find(({ spanId }) => spanId === span.spanContext().spanId);
      assert.ok(found, `${span.name} is missing`);
      assert.deepEqual(picked(found), expected(span));
    }
    const [summary] = await window.traces();
    assert.deepEqual(
      [summary?.rootName, summary?.rootService, summary?.spanCount, summary?.errorCount],
      ['GET /checkout', 'shop', recorded.length, 1],
    );
  });
});

/** What of a span goes over Zipkin's wire. */
function picked(span: SpanDetail): Record<string, unknown> {
  const { traceId, parentSpanId, name, kind, startTimeUnixNano, status, attributes, events, resource } = span;
  const durationNano = String(BigInt(span.endTimeUnixNano) - BigInt(startTimeUnixNano));
  return {
    traceId,
    parentSpanId,
    name,
    kind,
    startTimeUnixNano,
    durationNano,
    status,
    attributes,
    events,
    resource,
  };
}

/** Tags are text, times are microseconds. */
function expected(span: ReadableSpan): Record<string, unknown> {
  const texts = (attributes: Attributes): unknown[] =>
    Object.entries(attributes).map(([key, value]) => ({ key, value: { stringValue: String(value) } }));
  return {
    traceId: span.spanContext().traceId,
    parentSpanId: span.parentSpanContext?.spanId ?? '',
    name: span.name,
    // The API counts kinds from 0 = INTERNAL, OTLP from 0 = UNSPECIFIED.
    kind: span.kind + 1,
    startTimeUnixNano: nanosOf(micros(span.startTime)),
    durationNano: nanosOf(Math.round(micros(span.duration))),
    status: { code: span.status.code, message: span.status.message ?? '' },
    attributes: texts(span.attributes),
    events: span.events.map(event => ({
      timeUnixNano: nanosOf(Math.round(micros(event.time))),
      name: event.name,
      attributes: [],
      droppedAttributesCount: 0,
    })),
    resource: { attributes: texts(span.resource.attributes), droppedAttributesCount: 0, schemaUrl: '' },
  };
}

/** As the exporter counts them: in a double, which has a quarter of a microsecond to spare. */
function micros([seconds, rest]: HrTime): number {
  return seconds * 1e6 + rest / 1e3;
}

function nanosOf(microseconds: number): string {
  const whole = Math.floor(microseconds);
  return String(BigInt(whole) * 1000n + BigInt(Math.round((microseconds - whole) * 1000)));
}

async function record(port: number, work: (tracer: Tracer) => void): Promise<ReadableSpan[]> {
  const memory = new InMemorySpanExporter();
  const exporter = new ZipkinExporter({ url: `http://localhost:${port}/api/v2/spans` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop', 'process.pid': 42 }),
    spanProcessors: [new SimpleSpanProcessor(memory), new BatchSpanProcessor(exporter)],
  });
  work(provider.getTracer('checkout'));
  await provider.forceFlush();
  const spans = memory.getFinishedSpans();
  await provider.shutdown();
  return spans;
}

function recordEverything(tracer: Tracer): void {
  const at = (nanos: number): HrTime => [1_760_000_000, nanos];
  const root = tracer.startSpan('GET /checkout', { kind: SpanKind.SERVER, startTime: at(123_456_789) });
  root.setAttributes({
    string: 'ünïcödé 😀',
    int: 42,
    bool: true,
    list: ['a', 'b'],
    'peer.service': 'browser',
  });
  const inRoot = trace.setSpan(ROOT_CONTEXT, root);
  for (const kind of [SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER, SpanKind.INTERNAL]) {
    const child = tracer.startSpan(`kind ${kind}`, { kind, startTime: at(200_000_001) }, inRoot);
    child.addEvent('first', { n: 1 }, at(200_000_500));
    child.setStatus({ code: SpanStatusCode.OK });
    child.end(at(200_007_000 + kind));
  }
  const failing = tracer.startSpan('failing', { startTime: at(300_000_000) }, inRoot);
  failing.setStatus({ code: SpanStatusCode.ERROR, message: 'no such item' });
  failing.end(at(300_000_001));
  root.end([1_760_000_001, 123_456_790]);
}
