import assert from 'node:assert/strict';
import {
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import { DataFolder, runToEnd } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { buildPrograms, type Programs } from './support/programs';
import { expectedSpan } from './support/recorded';

type PrintedTrace = {
  spans: (Record<string, unknown> & { spanId: string })[];
  spanCount: number;
  errorCount: number;
  services: string[];
};

describe('what a real SDK exports', () => {
  let programs: Programs;
  let folder: DataFolder;
  let collector: Foreground;

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
  });
  beforeEach(async () => {
    folder = new DataFolder();
    collector = await Foreground.start(programs, folder);
  });
  afterEach(async () => {
    await collector.end();
    await folder.remove();
  });

  const exporters: [name: string, make: () => SpanExporter][] = [
    ['http/protobuf', () => new ProtoExporter({ url: collector.http })],
    ['http/protobuf with gzip', () => compressed(() => new ProtoExporter({ url: collector.http }))],
    [
      'http/protobuf to localhost',
      () => new ProtoExporter({ url: collector.http.replace('127.0.0.1', 'localhost') }),
    ],
    ['http/json', () => new JsonExporter({ url: collector.http })],
    ['http/json with gzip', () => compressed(() => new JsonExporter({ url: collector.http }))],
    ['grpc', () => new GrpcExporter({ url: collector.grpc })],
    ['grpc with gzip', () => compressed(() => new GrpcExporter({ url: collector.grpc }))],
  ];

  for (const [name, make] of exporters)
    it(`comes back from \`causeway trace\` to the last nanosecond, over ${name}`, async () => {
      const recorded = await record(make(), recordEverything);
      const traceId = recorded[0]!.spanContext().traceId;
      for (const running of [true, false]) {
        if (!running) await collector.end();
        const { code, stdout, stderr } = await runToEnd(programs.cli, [
          'trace',
          traceId,
          '--json',
          '--data-dir',
          folder.path,
        ]);
        assert.equal(code, 0, stderr);
        const printed = JSON.parse(stdout) as PrintedTrace;
        assert.equal(printed.spanCount, recorded.length);
        assert.equal(printed.errorCount, 1);
        assert.deepEqual(printed.services, ['shop']);
        const byId = new Map(printed.spans.map(span => [span.spanId, span]));
        for (const span of recorded) {
          const found = byId.get(span.spanContext().spanId);
          assert.ok(found, `${span.name} is missing`);
          const { depth, category, selfTimeNano, onCriticalPath, warnings, source, ...asRecorded } = found;
          assert.deepEqual(asRecorded, expectedSpan(span));
          assert.equal(source, null);
          assert.ok(
            [depth, category, selfTimeNano, onCriticalPath, warnings].every(value => value !== undefined),
          );
        }
      }
    });

  it('is listed newest first, and found by every form of its id', async () => {
    const first = await record(new ProtoExporter({ url: collector.http }), tracer =>
      tracer.startSpan('GET /one').end(),
    );
    const second = await record(new ProtoExporter({ url: collector.http }), tracer =>
      tracer.startSpan('GET /two').end(),
    );
    const dataDir = ['--data-dir', folder.path];
    const { stdout } = await runToEnd(programs.cli, ['traces', '--json', ...dataDir]);
    const listed = JSON.parse(stdout) as Record<string, unknown>[];
    assert.deepEqual(
      listed.map(({ rootName, traceId }) => [rootName, traceId]),
      [
        ['GET /two', second[0]!.spanContext().traceId],
        ['GET /one', first[0]!.spanContext().traceId],
      ],
    );
    assert.deepEqual(Object.keys(listed[0]!), [
      'traceId',
      'rootName',
      'rootService',
      'startTimeUnixNano',
      'durationNano',
      'spanCount',
      'errorCount',
      'services',
    ]);
    assert.equal(
      (
        JSON.parse(
          (await runToEnd(programs.cli, ['traces', '--limit', '1', '--json', ...dataDir])).stdout,
        ) as []
      ).length,
      1,
    );

    const { traceId, spanId } = first[0]!.spanContext();
    for (const id of [
      traceId,
      traceId.toUpperCase(),
      traceId.slice(0, 10),
      spanId,
      `00-${traceId}-${spanId}-01`,
      `"${traceId}"`,
    ]) {
      const {
        code,
        stdout: text,
        stderr,
      } = await runToEnd(programs.cli, ['trace', id, '--json', ...dataDir]);
      assert.equal(code, 0, stderr);
      assert.equal((JSON.parse(text) as { traceId: string }).traceId, traceId);
    }
    const human = await runToEnd(programs.cli, ['trace', traceId, ...dataDir]);
    assert.match(
      human.stdout,
      new RegExp(`^trace ${traceId}\n.* 1 span  no errors\nservices: shop\n\nGET /one`),
    );
    assert.match(
      (await runToEnd(programs.cli, ['traces', ...dataDir])).stdout,
      /^START .*\n.*GET \/two\n.*GET \/one\n$/,
    );
  });

  async function record(exporter: SpanExporter, work: (tracer: Tracer) => void): Promise<ReadableSpan[]> {
    const memory = new InMemorySpanExporter();
    const provider = new NodeTracerProvider({
      resource: resourceFromAttributes({
        'service.name': 'shop',
        'process.pid': 42,
        'host.ratio': 0.5,
        'process.tags': ['a', 'b'],
      }),
      spanLimits: { eventCountLimit: 3, linkCountLimit: 2, attributeCountLimit: 20 },
      spanProcessors: [new SimpleSpanProcessor(memory), new BatchSpanProcessor(exporter)],
    });
    work(provider.getTracer('checkout', '1.2.3', { schemaUrl: 'https://opentelemetry.io/schemas/1.30.0' }));
    await provider.forceFlush();
    const spans = memory.getFinishedSpans();
    await provider.shutdown();
    return spans;
  }
});

/** As a user would have it: the exporters read the variable when they are made. */
function compressed(make: () => SpanExporter): SpanExporter {
  process.env['OTEL_EXPORTER_OTLP_COMPRESSION'] = 'gzip';
  try {
    return make();
  } finally {
    delete process.env['OTEL_EXPORTER_OTLP_COMPRESSION'];
  }
}

/** A trace with everything that the SDK can put into one. */
function recordEverything(tracer: Tracer): void {
  const remote = {
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    traceFlags: TraceFlags.SAMPLED,
    traceState: createTraceState('vendor=value,other=1'),
    isRemote: true,
  };
  const root = tracer.startSpan(
    'GET /checkout',
    {
      kind: SpanKind.SERVER,
      startTime: [1_760_000_000, 123_456_789],
      attributes: {
        string: 'ünïcödé 😀 \u0000 end',
        empty: '',
        'bool.true': true,
        'bool.false': false,
        int: 42,
        'int.negative': -7,
        'int.largest': Number.MAX_SAFE_INTEGER,
        double: 1.5e-7,
        'double.precise': 12345678.000000002,
        'array.string': ['a', '', 'ö'],
        'array.int': [1, -2, 3],
        'array.double': [0.1, -2.5],
        'array.bool': [true, false],
        'array.empty': [],
        long: 'x'.repeat(100_000),
      },
      links: [
        { context: remote, attributes: { 'link.reason': 'retry', attempt: 2 } },
        { context: { ...remote, isRemote: false, traceFlags: TraceFlags.NONE } },
        { context: remote },
      ],
    },
    trace.setSpanContext(ROOT_CONTEXT, remote),
  );
  const inRoot = trace.setSpan(ROOT_CONTEXT, root);
  for (const kind of [SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER, SpanKind.INTERNAL]) {
    const child = tracer.startSpan(`kind ${kind}`, { kind, startTime: [1_760_000_000, 200_000_001] }, inRoot);
    child.addEvent('first', { n: 1 }, [1_760_000_000, 200_000_002]);
    child.setStatus({ code: SpanStatusCode.OK });
    child.end([1_760_000_000, 200_000_001 + kind]);
  }
  const failing = tracer.startSpan('failing', { startTime: [1_760_000_000, 300_000_000] }, inRoot);
  failing.recordException(new Error('no such item'), [1_760_000_000, 300_000_001]);
  failing.setStatus({ code: SpanStatusCode.ERROR, message: 'no such item' });
  for (let i = 0; i < 5; i++) failing.addEvent(`event ${i}`, undefined, [1_760_000_000, 300_000_002]);
  for (let i = 0; i < 25; i++) failing.setAttribute(`a${i}`, i);
  failing.end([1_760_000_000, 299_999_999 + 1]);
  root.end([1_760_000_001, 123_456_790]);
}
