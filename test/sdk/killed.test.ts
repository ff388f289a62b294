import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import { DataFolder, runToEnd } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { buildPrograms, type Programs } from './support/programs';

/** Passes spans on to a real exporter and keeps the ids of those it was told have arrived. */
class Acknowledged implements SpanExporter {
  readonly ids = new Set<string>();

  constructor(private readonly inner: SpanExporter) {}

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.inner.export(spans, result => {
      // ExportResultCode.SUCCESS is 0.
      if (!result.code)
        for (const span of spans) this.ids.add(`${span.spanContext().traceId} ${span.spanContext().spanId}`);
      done(result);
    });
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }
}

describe('a collector that is killed while exporters send', () => {
  let programs: Programs;
  let folder: DataFolder;

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
    folder = new DataFolder();
  });
  after(() => folder.remove());

  it('has every span that it acknowledged, once, after each of several kills', async function () {
    this.timeout(120_000);
    const acknowledged = new Map<string, Set<string>>();
    for (let round = 0; round < 4; round++) {
      const collector = await Foreground.start(programs, folder);
      const exporters = [
        new Acknowledged(new ProtoExporter({ url: collector.http, timeoutMillis: 1000 })),
        new Acknowledged(new JsonExporter({ url: collector.http, timeoutMillis: 1000 })),
        new Acknowledged(new GrpcExporter({ url: collector.grpc, timeoutMillis: 1000 })),
      ];
      const providers = exporters.map(
        exporter =>
          new NodeTracerProvider({
            resource: resourceFromAttributes({ 'service.name': 'load' }),
            spanProcessors: [
              new BatchSpanProcessor(exporter, {
                maxExportBatchSize: 20,
                scheduledDelayMillis: 1,
                exportTimeoutMillis: 1500,
              }),
            ],
          }),
      );
      let sending = true;
      const load = providers.map(async provider => {
        const tracer = provider.getTracer('load');
        while (sending) {
          for (let i = 0; i < 20; i++) tracer.startSpan(`span ${i}`, { attributes: { round, i } }).end();
          await sleep(1);
        }
      });
      // Killed in the midst of the stream: once something has been acknowledged, at a moment of chance.
      while (exporters.some(({ ids }) => ids.size === 0)) await sleep(5);
      await sleep(Math.random() * 200);
      assert.equal(await collector.end('SIGKILL'), null);
      sending = false;
      await Promise.all(load);
      await Promise.all(providers.map(provider => provider.shutdown().catch(() => undefined)));
      for (const { ids } of exporters)
        for (const id of ids) {
          const [traceId = '', spanId = ''] = id.split(' ');
          acknowledged.set(traceId, (acknowledged.get(traceId) ?? new Set()).add(spanId));
        }
    }

    const { stdout } = await runToEnd(programs.cli, [
      'traces',
      '--json',
      '--limit',
      '1000000',
      '--data-dir',
      folder.path,
    ]);
    const stored = new Map(
      (JSON.parse(stdout) as { traceId: string; spanCount: number }[]).map(trace => [
        trace.traceId,
        trace.spanCount,
      ]),
    );
    assert.ok(acknowledged.size > 100, `${acknowledged.size} acknowledged`);
    const lost = [...acknowledged].filter(([traceId, spans]) => stored.get(traceId) !== spans.size);
    assert.deepEqual(lost, [], `${lost.length} of ${acknowledged.size} are lost or doubled`);
  });
});
