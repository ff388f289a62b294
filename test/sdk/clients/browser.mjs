// Bundled into a web page: `exportSpans(url, encoding)` resolves with the number of spans once all were exported.
import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web';
import { recordSpans } from './recordSpans.mjs';

Object.assign(window, {
  /** @param {string} url @param {'json' | 'protobuf'} encoding */
  async exportSpans(url, encoding) {
    const exporter = encoding === 'json' ? new JsonExporter({ url }) : new ProtoExporter({ url });
    const provider = new WebTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'page' }),
      spanProcessors: [new BatchSpanProcessor(exporter)],
    });
    trace.disable();
    provider.register();
    const spans = recordSpans();
    await provider.forceFlush();
    await provider.shutdown();
    return spans;
  },
});
