import assert from 'node:assert/strict';
import { context, trace } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Page } from 'playwright-core';
import { runCommand } from './support/commandPalette';
import { eventually } from './support/eventually';
import { openWorkbench } from './support/openWorkbench';
import type { Workbench } from './support/openWorkbench';
import { sendSpans } from './support/sendSpans';
import { openCauseway } from './support/sideBar';
import { webviewFrame } from './support/webviewFrame';

/** Log records as a program's own OpenTelemetry SDK sends them, read in the editor. */
describe('log records', function () {
  this.timeout(180_000);
  let window: Workbench;
  let page: Page;
  let sdk: Sdk;

  before(async () => {
    window = await openWorkbench({ workspace: 'examples/shop', viewport: { width: 1400, height: 900 } });
    ({ page } = window);
    await openCauseway(page);
    await untilUp(window);
    sdk = startSdk(window.otlpHttp);
  });
  after(async () => {
    await sdk.stop();
    await window.close();
  });

  const view = () => webviewFrame(page);
  const logRows = () => view().locator('.log-row:not(.header)');

  it('are told how to be sent while there are none', async () => {
    await runCommand(page, 'Causeway: Show Logs');
    await view().getByText('Waiting for the first log record.').waitFor({ timeout: 20_000 });
    await view().getByRole('button', { name: 'Copy OTLP Environment' }).waitFor();
  });

  it('appear in Show Logs as they are sent, newest first', async () => {
    await sdk.checkOut('first');
    await logRows().first().waitFor({ timeout: 20_000 });
    await eventually(
      () => logRows().locator('.message').allTextContents(),
      texts => texts.join() === 'the bank declined first,asking the bank about first',
      { what: 'both records' },
    );
    await sdk.checkOut('second');
    await eventually(
      () => logRows().locator('.message').allTextContents(),
      texts => texts[0] === 'the bank declined second' && texts.length === 4,
      { what: 'the newer records' },
    );
  });

  it('lead by keyboard from Show Logs to their trace, at their span, where they stand beside it', async () => {
    await view().getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await view().getByRole('region', { name: 'Log record' }).getByText('the bank declined second').waitFor();
    await page.keyboard.press('Enter');
    const selected = view().locator('.row.selected', { hasText: 'chargeCard' });
    await selected.waitFor({ timeout: 20_000 });
    const section = view().locator('.section', {
      has: view().getByRole('heading', { name: 'Logs', exact: true }),
    });
    await section.waitFor();
    assert.deepEqual(await section.locator('.severity-text').allTextContents(), ['INFO', 'ERROR']);
    assert.deepEqual(await section.locator('.log-body .value').allTextContents(), [
      'asking the bank about second',
      'the bank declined second',
    ]);
    assert.equal(await section.locator('.outside').count(), 0, 'both lie within the span');
    await section.getByText('1 attribute', { exact: true }).first().click();
    await section.getByText('o-second').first().waitFor();
  });

  it('of all spans stand at the root, and lead to their spans', async () => {
    await view()
      .getByRole('row', { name: /^checkout second/ })
      .click();
    const section = view().locator('.section', {
      has: view().getByRole('heading', { name: 'Logs of the trace' }),
    });
    await section.getByRole('button', { name: 'chargeCard' }).first().click();
    await view().locator('.row.selected', { hasText: 'chargeCard' }).waitFor();
  });

  it('that come late join their span while it is looked at', async () => {
    await sdk.logAgain();
    await view().getByText('the card was blocked').waitFor({ timeout: 10_000 });
    await view().getByText('after the span').waitFor();
  });

  it('are filtered by severity', async () => {
    await runCommand(page, 'Causeway: Show Logs');
    await view().getByRole('combobox', { name: 'Severity' }).selectOption('Errors and above');
    await view().getByText('2 log records of this severity').waitFor({ timeout: 10_000 });
    assert.deepEqual(await logRows().locator('.severity-text').allTextContents(), ['ERROR', 'ERROR']);
  });

  it('have left no error on the console', () => assert.deepEqual(window.errors, []));
});

interface Sdk {
  /** A trace `checkout <name>` whose span `chargeCard` logs twice. */
  checkOut(name: string): Promise<void>;
  /** One more record of the last span, which has ended. */
  logAgain(): Promise<void>;
  stop(): Promise<void>;
}

function startSdk(endpoint: string): Sdk {
  const resource = resourceFromAttributes({ 'service.name': 'payments' });
  const traces = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))],
  });
  const logs = new LoggerProvider({
    resource,
    processors: [
      new BatchLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${endpoint}/v1/logs` }) }),
    ],
  });
  const tracer = traces.getTracer('test');
  const logger = logs.getLogger('test');
  let last = context.active();
  return {
    async checkOut(name) {
      const root = tracer.startSpan(`checkout ${name}`);
      const child = tracer.startSpan('chargeCard', {}, trace.setSpan(context.active(), root));
      last = trace.setSpan(context.active(), child);
      const attributes = { order: `o-${name}` };
      const log = (severityNumber: SeverityNumber, body: string) =>
        logger.emit({ severityNumber, body, attributes, context: last });
      log(SeverityNumber.INFO, `asking the bank about ${name}`);
      // Times of the SDK's logs are of whole milliseconds.
      await new Promise(resolve => setTimeout(resolve, 20));
      log(SeverityNumber.ERROR, `the bank declined ${name}`);
      await new Promise(resolve => setTimeout(resolve, 20));
      child.end();
      root.end();
      await traces.forceFlush();
      await logs.forceFlush();
    },
    async logAgain() {
      await new Promise(resolve => setTimeout(resolve, 20));
      logger.emit({ severityNumber: SeverityNumber.WARN, body: 'the card was blocked', context: last });
      await logs.forceFlush();
    },
    async stop() {
      await traces.shutdown();
      await logs.shutdown();
    },
  };
}

/** The collector takes a moment to start. */
async function untilUp(window: Workbench): Promise<void> {
  await eventually(
    () =>
      sendSpans(window.otlpHttp, []).then(
        () => true,
        () => false,
      ),
    done => done,
    { timeout: 30_000, what: 'an answer of the collector' },
  );
}
