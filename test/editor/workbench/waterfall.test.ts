import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { runCommand } from './support/commandPalette';
import { eventually } from './support/eventually';
import { openWorkbench } from './support/openWorkbench';
import { reloadWindow } from './support/reloadWindow';
import type { Workbench } from './support/openWorkbench';
import { sendSpans, type SentSpan } from './support/sendSpans';
import { openCauseway, treeRow } from './support/sideBar';
import { webviewFrame } from './support/webviewFrame';

const hour = 3_600_000_000_000n;
const traceId = '11112222333344445555666677778888';
const linkedId = '99990000aaaabbbbccccddddeeeeffff';
const start = BigInt(Date.now()) * 1_000_000n - hour;

const spans: readonly SentSpan[] = [
  { traceId, spanId: '00000000000000a1', name: 'GET /report', start, milliseconds: 100 },
  {
    traceId,
    spanId: '00000000000000a2',
    parentSpanId: '00000000000000a1',
    name: 'render',
    start,
    milliseconds: 40,
  },
  {
    traceId,
    spanId: '00000000000000a3',
    parentSpanId: '00000000000000a2',
    name: 'layout',
    start,
    milliseconds: 20,
    link: { traceId: linkedId, spanId: '00000000000000b1' },
  },
];

describe('the waterfall in the workbench', function () {
  this.timeout(180_000);
  let window: Workbench;
  let view: FrameLocator;

  before(async () => {
    window = await openWorkbench({ workspace: 'examples/shop', viewport: { width: 1400, height: 900 } });
    await openCauseway(window.page);
    await sendWhenUp(window, spans);
    await treeRow(window.page, /^GET \/report/).click();
    view = webviewFrame(window.page);
    await row('layout').waitFor({ timeout: 20_000 });
  });
  after(() => window.close());

  const row = (name: string) => view.getByRole('row', { name: new RegExp(`^${name} `) });
  const tabs = () => window.page.locator('.tab[data-resource-name^="webview-panel"], .tab').allInnerTexts();

  it('is titled with name and duration, and has an icon', async () => {
    const tab = window.page.getByRole('tab', { name: 'GET /report · 100 ms' });
    await tab.waitFor();
    const icon = await tab
      .locator('.monaco-icon-label-iconpath')
      .evaluate(element => getComputedStyle(element).backgroundImage);
    assert.match(icon, /waterfall-dark\.svg/);
  });

  it('is one tab for a trace, however often it is opened', async () => {
    await row('layout').click();
    await treeRow(window.page, /^GET \/report/).click();
    assert.equal((await tabs()).filter(title => title.includes('GET /report')).length, 1);
    await view.locator('.row.selected', { hasText: 'layout' }).waitFor();
  });

  it('grows in place while spans arrive', async () => {
    await view.locator('.row', { hasText: 'render' }).locator('.name').click();
    await sendSpans(window.otlpHttp, [
      {
        traceId,
        spanId: '00000000000000a4',
        parentSpanId: '00000000000000a1',
        name: 'send',
        start,
        milliseconds: 250,
      },
    ]);
    await row('send').waitFor({ timeout: 10_000 });
    await window.page.getByRole('tab', { name: 'GET /report · 250 ms' }).waitFor();
    assert.equal(await view.locator('.row.selected .name').textContent(), 'render');
  });

  it('copies an id to the clipboard', async () => {
    await view.locator('.trace-header').getByRole('button', { name: 'Copy trace ID' }).click();
    await eventually(
      () => window.page.evaluate(() => navigator.clipboard.readText()),
      text => text === traceId,
      { what: 'the trace id on the clipboard' },
    );
  });

  it('follows a link to a trace that has not arrived, and shows it when it does', async () => {
    await row('layout').click();
    await view.getByRole('button', { name: new RegExp(linkedId) }).click();
    await view.getByRole('alert').waitFor();
    await view.getByRole('button', { name: 'Retry' }).waitFor();
    await sendSpans(window.otlpHttp, [
      { traceId: linkedId, spanId: '00000000000000b1', name: 'job', start, milliseconds: 5 },
    ]);
    await view.locator('.row.selected', { hasText: 'job' }).waitFor({ timeout: 10_000 });
    await window.page.keyboard.press('ControlOrMeta+w');
  });

  it('comes back as it was after the window is reloaded', async () => {
    await row('render').locator('.twistie').click();
    await view.locator('.row.selected', { hasText: 'render' }).waitFor();
    // The state is saved within a moment of the last change.
    await window.page.waitForTimeout(500);
    assert.deepEqual(window.errors, []);
    await reloadWindow(window.page);
    await view.locator('.row.selected', { hasText: 'render' }).waitFor({ timeout: 60_000 });
    assert.equal(await view.locator('.row.selected').getAttribute('aria-expanded'), 'false');
    assert.equal(await row('layout').count(), 0);
  });

  it('goes on after the collector was restarted', async () => {
    await runCommand(window.page, 'Causeway: Restart Collector');
    await sendWhenUp(window, [
      {
        traceId,
        spanId: '00000000000000a5',
        parentSpanId: '00000000000000a1',
        name: 'later',
        start,
        milliseconds: 1,
      },
    ]);
    await row('later').waitFor({ timeout: 20_000 });
    await row('GET /report').click();
    await view.getByText('telemetry.test').first().waitFor();
  });

  it('says so when its trace is cleared away, and keeps what it shows', async () => {
    await runCommand(window.page, 'Causeway: Clear Traces…');
    await window.page.getByRole('button', { name: 'Clear', exact: true }).click();
    await view.getByRole('alert').getByText('This trace is no longer stored.').waitFor();
    assert.ok(await row('later').isVisible());
  });

  // The reload above makes VS Code complain of its own storage: after it, only what names the extension counts.
  it('has left no error on the console', () => assert.deepEqual(window.errors, []));
});

/** The collector takes a moment to start. */
async function sendWhenUp(window: Workbench, sent: readonly SentSpan[]): Promise<void> {
  await eventually(
    () =>
      sendSpans(window.otlpHttp, sent).then(
        () => true,
        () => false,
      ),
    done => done,
    { timeout: 20_000, what: 'an answer of the collector' },
  );
}
