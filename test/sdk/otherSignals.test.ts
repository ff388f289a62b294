import assert from 'node:assert/strict';
import { diag, DiagLogLevel, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { OTLPLogExporter as ProtoLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import { DataFolder } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { logExporters } from './support/logExporters';
import { grpcMetricExporter, httpMetricExporter } from './support/metricExporters';
import { buildPrograms, type Programs } from './support/programs';
import { Window } from './support/window';

describe('the metrics and logs of a real SDK', () => {
  let programs: Programs;
  let folder: DataFolder;
  let collector: Foreground;
  let window: Window;
  /** What the SDK would print: errors and warnings, a partial success among them. */
  let complaints: string[];

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
  });
  beforeEach(async () => {
    folder = new DataFolder();
    collector = await Foreground.start(programs, folder);
    window = new Window(programs, folder);
    complaints = [];
    const complain = (message: string, ...rest: unknown[]): void => {
      const text = [message, ...rest.map(String)].join(' ');
      // Exporters of tests that killed their collector go on trying to reach theirs.
      const port = /ECONNREFUSED \S+?:(\d+)/.exec(text)?.[1];
      const mine = [collector.http, collector.grpc].some(
        url => port !== undefined && url.includes(`:${port}`),
      );
      if (port === undefined || mine) complaints.push(text);
    };
    const silent = (): void => undefined;
    diag.setLogger(
      { error: complain, warn: complain, info: silent, debug: silent, verbose: silent },
      { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
    );
  });
  afterEach(async () => {
    diag.disable();
    window.close();
    await collector.end();
    await folder.remove();
  });

  const metricExporters: [name: string, make: () => PushMetricExporter][] = [
    ['http/protobuf', () => httpMetricExporter(collector, 'protobuf')],
    ['http/json', () => httpMetricExporter(collector, 'json')],
    ['grpc', () => grpcMetricExporter(collector)],
  ];

  for (const [name, make] of metricExporters)
    it(`are taken without a complaint over ${name}: metrics of every kind`, async () => {
      const provider = new MeterProvider({
        readers: [new PeriodicExportingMetricReader({ exporter: make(), exportIntervalMillis: 3_600_000 })],
        views: [
          {
            instrumentName: 'size',
            aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
          },
        ],
      });
      const meter = provider.getMeter('shop');
      const counter = meter.createCounter('orders');
      for (const route of ['/cart', '/checkout', '/pay']) counter.add(1, { route });
      meter.createUpDownCounter('open').add(-1);
      meter.createHistogram('duration', { unit: 'ms' }).record(12.5);
      meter.createHistogram('size').record(100);
      meter.createObservableGauge('memory').addCallback(result => result.observe(42));
      await provider.forceFlush();
      // Shutting down would export once more.
      const { discardedMetricPoints, logCount, spanCount } = await window.status();
      assert.deepEqual(complaints, []);
      assert.deepEqual([discardedMetricPoints, logCount, spanCount], [7, 0, 0]);
      assert.match(folder.log(), /info +\[ingest\] metrics arrive; they are answered with success/);
      await provider.shutdown();
      assert.deepEqual(complaints, []);
    });

  for (const [name, make] of logExporters)
    it(`are taken without a complaint over ${name}: log records with all that they may carry`, async () => {
      const provider = new LoggerProvider({
        processors: [new BatchLogRecordProcessor({ exporter: make(collector) })],
      });
      const logger = provider.getLogger('shop', '1.0.0');
      const context = trace.setSpanContext(ROOT_CONTEXT, {
        traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
        spanId: '00f067aa0ba902b7',
        traceFlags: TraceFlags.SAMPLED,
      });
      logger.emit({ body: 'plain' });
      logger.emit({ body: { nested: ['a', 1, true] }, severityText: 'ERROR', context });
      logger.emit({ eventName: 'click', attributes: { button: 'pay', bytes: new Uint8Array([1, 2]) } });
      await provider.forceFlush();
      const { discardedMetricPoints, logCount, traceCount } = await window.status();
      assert.deepEqual(complaints, []);
      assert.deepEqual([discardedMetricPoints, logCount, traceCount], [0, 3, 0]);
      await provider.shutdown();
    });

  it('are complained about where nobody takes them, as this test would hear', async () => {
    const provider = new LoggerProvider({
      processors: [
        new BatchLogRecordProcessor({
          exporter: new ProtoLogExporter({ url: collector.http.replace('traces', 'profiles') }),
        }),
      ],
    });
    provider.getLogger('shop').emit({ body: 'lost' });
    await provider.forceFlush().catch((error: unknown) => complaints.push(String(error)));
    assert.notDeepEqual(complaints, []);
    await provider.shutdown();
  });
});
