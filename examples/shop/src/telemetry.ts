// Loaded before everything else (`node --require ./dist/telemetry.js`), so that what it instruments is not yet loaded.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK, resources } from '@opentelemetry/sdk-node';
import { onStop } from './shared/lifecycle';
import { describeResult } from './telemetry/pgHooks';

/**
 * Defaults for the standard variables, which all stay in force: OTEL_EXPORTER_OTLP_ENDPOINT (http://localhost:4318),
 * OTEL_EXPORTER_OTLP_PROTOCOL (http/protobuf), OTEL_RESOURCE_ATTRIBUTES, ... The SDK is silent while nobody listens
 * there; OTEL_LOG_LEVEL=warn makes it speak.
 */
const DEFAULTS = {
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_NODE_RESOURCE_DETECTORS: 'env,process',
  // Spans and log records leave after 0.2 s instead of seconds: somebody is watching.
  OTEL_BSP_SCHEDULE_DELAY: '200',
  OTEL_BLRP_SCHEDULE_DELAY: '200',
};
for (const [name, value] of Object.entries(DEFAULTS)) process.env[name] ??= value;

const FLUSH_LIMIT_MS = 1500;

const packageJson = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
const { version } = JSON.parse(packageJson) as { version: string };

const sdk = new NodeSDK({
  // Each service is a program of its own name: dist/orders.js is "orders".
  serviceName: basename(process.argv[1] ?? 'shop', '.js'),
  resource: resources.defaultResource().merge(
    resources.resourceFromAttributes({
      'service.namespace': 'shop',
      'service.version': version,
      'deployment.environment.name': 'demo',
    }),
  ),
  instrumentations: [
    new HttpInstrumentation(),
    new UndiciInstrumentation(),
    new PgInstrumentation({
      enhancedDatabaseReporting: true,
      responseHook: describeResult,
      ignoreConnectSpans: true,
      // The worker looks for jobs four times a second, outside any span: not worth a trace.
      requireParentSpan: true,
    }),
  ],
});
sdk.start();
// Flushes what is left. Without a collector the exporter would go on trying for ten seconds.
onStop(() => Promise.race([sdk.shutdown(), sleep(FLUSH_LIMIT_MS)]));
