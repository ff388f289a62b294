import assert from 'node:assert/strict';
import { ROOT_CONTEXT, trace, type HrTime, type Span } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchLogRecordProcessor,
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
  type LogRecordExporter,
  type ReadableLogRecord,
} from '@opentelemetry/sdk-logs';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { plainAttributes, plainValue } from '../../src/core/formats/plainValue';
import type { LogDetail } from '../../src/protocol/logDetail';
import { DataFolder } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { logExporters } from './support/logExporters';
import { buildPrograms, type Programs } from './support/programs';
import { Window } from './support/window';

const resource = resourceFromAttributes({ 'service.name': 'shop', 'process.pid': 42 });

describe('the log records of a real SDK', () => {
  let programs: Programs;
  let folder: DataFolder;
  let collector: Foreground;
  let window: Window;

  before(async function () {
    this.timeout(60_000);
    programs = await buildPrograms();
  });
  beforeEach(async () => {
    folder = new DataFolder();
    collector = await Foreground.start(programs, folder);
    window = new Window(programs, folder);
  });
  afterEach(async () => {
    window.close();
    await collector.end();
    await folder.remove();
  });

  for (const [name, make] of logExporters)
    it(`come back as they were recorded, each on its span, over ${name}`, async () => {
      const provider = new NodeTracerProvider({
        resource,
        spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: collector.http }))],
      });
      const tracer = provider.getTracer('shop');
      const root = tracer.startSpan('GET /cart', {}, ROOT_CONTEXT);
      const child = tracer.startSpan('SELECT', {}, trace.setSpan(ROOT_CONTEXT, root));
      const recorded = await record(make(collector), root, child);
      child.end();
      root.end();
      await provider.forceFlush();
      await provider.shutdown();

      const { traceId } = root.spanContext();
      assert.equal((await window.status()).logCount, recorded.length);
      for (const span of [root, child]) {
        const { spanId } = span.spanContext();
        const expected = recorded.filter(log => log.spanContext?.spanId === spanId);
        assert.ok(expected.length > 0);
        const { logs, total } = (await window.client.request('logs', { traceId, spanId, limit: 100 })).result;
        assert.equal(total, expected.length);
        assert.deepEqual(logs.map(readable), expected.map(expectedLog));
        const answer = (await window.client.request('span', { traceId, spanId })).result;
        assert.equal(answer.logCount, expected.length);
      }
      const all = (await window.client.request('logs', { limit: 100 })).result.logs;
      assert.deepEqual(all.map(readable), recorded.map(expectedLog).toReversed());
    });
});

/** Records with everything that the SDK can put into one, in order of their time. */
async function record(exporter: LogRecordExporter, root: Span, child: Span): Promise<ReadableLogRecord[]> {
  const memory = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({
    resource,
    processors: [
      new SimpleLogRecordProcessor({ exporter: memory }),
      new BatchLogRecordProcessor({ exporter }),
    ],
  });
  const logger = provider.getLogger('checkout', '1.2.3', { schemaUrl: 'https://example.com/schema' });
  const inRoot = trace.setSpan(ROOT_CONTEXT, root);
  const inChild = trace.setSpan(ROOT_CONTEXT, child);
  const at = (nanos: number): HrTime => [1_760_000_000, nanos];
  logger.emit({
    timestamp: at(100_000_001),
    observedTimestamp: at(100_000_009),
    severityNumber: SeverityNumber.ERROR2,
    severityText: 'ERROR',
    body: 'ünïcödé 😀 \u0000 end',
    attributes: {
      string: 'a',
      int: 42,
      double: 1.5e-7,
      bool: false,
      list: ['a', 'b'],
      long: 'x'.repeat(50_000),
    },
    context: inRoot,
  });
  logger.emit({
    timestamp: at(100_000_002),
    body: { nested: { list: ['a', 1, true, null], empty: {} }, bytes: new Uint8Array([1, 2, 255]) },
    attributes: { map: { a: 1 } },
    context: inRoot,
  });
  logger.emit({
    timestamp: at(100_000_003),
    eventName: 'click',
    attributes: { button: 'pay' },
    context: inChild,
  });
  logger.emit({
    timestamp: at(100_000_004),
    body: 0.5,
    severityNumber: SeverityNumber.TRACE,
    context: ROOT_CONTEXT,
  });
  await provider.forceFlush();
  const records = memory.getFinishedLogRecords();
  await provider.shutdown();
  return [...records];
}

/** A record as the collector answers it, its values as plain ones. */
function readable({ body, attributes, resource: of, ...rest }: LogDetail): Record<string, unknown> {
  return {
    ...rest,
    body: plainValue(body),
    attributes: plainAttributes(attributes),
    resource: { ...of, attributes: plainAttributes(of.attributes) },
  };
}

function expectedLog(log: ReadableLogRecord): Record<string, unknown> {
  const { name, version, schemaUrl } = log.instrumentationScope;
  return {
    timeUnixNano: nanos(log.hrTime),
    observedTimeUnixNano: nanos(log.hrTimeObserved),
    severityNumber: log.severityNumber ?? 0,
    severityText: log.severityText ?? '',
    body: asPlain(log.body),
    attributes: log.attributes,
    droppedAttributesCount: log.droppedAttributesCount,
    flags: log.spanContext?.traceFlags ?? 0,
    traceId: log.spanContext?.traceId ?? '',
    spanId: log.spanContext?.spanId ?? '',
    eventName: log.eventName ?? '',
    resource: {
      attributes: log.resource.attributes,
      droppedAttributesCount: 0,
      schemaUrl: log.resource.schemaUrl ?? '',
    },
    scope: {
      name,
      version: version ?? '',
      attributes: [],
      droppedAttributesCount: 0,
      schemaUrl: schemaUrl ?? '',
    },
    service: 'shop',
  };
}

/** What the SDK took, with bytes as base64. */
function asPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(asPlain);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asPlain(inner)]));
}

function nanos([seconds, rest]: HrTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(rest));
}
