import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { startShop } from '../../../scripts/lib/shop.mjs';
import type { Shop } from '../../../scripts/lib/shop.mjs';
import { causeway } from './support/cli';
import { quickInput, runCommand } from './support/commandPalette';
import { eventually } from './support/eventually';
import { openWorkbench } from './support/openWorkbench';
import type { Workbench } from './support/openWorkbench';
import { openCauseway, treeRow } from './support/sideBar';
import { webviewFrame } from './support/webviewFrame';

const failedCheckout = /^POST \/checkout, \d errors/;

describe('the commands', function () {
  this.timeout(180_000);
  let window: Workbench;
  let shop: Shop | undefined;
  let traceId = '';
  let spanId = '';

  before(async () => {
    window = await openWorkbench({ workspace: 'examples/shop' });
    await openCauseway(window.page);
    shop = await startShop({ folder: window.workspace, endpoint: window.otlpHttp });
    await shop.visitOnce('checkout-fails');
    await treeRow(window.page, failedCheckout).waitFor({ timeout: 20_000 });
    const [summary] = (await causeway(window.dataDir, 'traces')) as { traceId: string }[];
    traceId = summary!.traceId;
    const trace = (await causeway(window.dataDir, 'trace', traceId)) as {
      spans: { name: string; spanId: string }[];
    };
    spanId = trace.spans.find(span => span.name === 'chargeCard')!.spanId;
  });
  after(async () => {
    await shop?.stop();
    await window.close();
  });

  const lookUp = async (text: string) => {
    const { page } = window;
    await page.keyboard.press('ControlOrMeta+w');
    await runCommand(page, 'Causeway: Open Trace…');
    await quickInput(page).fill(text);
    await quickOption(page, /POST \/checkout/).waitFor();
    await page.keyboard.press('Enter');
    await webviewFrame(page)
      .getByRole('row', { name: /chargeCard/ })
      .waitFor({ timeout: 15_000 });
  };

  for (const [what, text] of [
    ['a trace id', () => traceId],
    ['an upper-case trace id between spaces', () => `  ${traceId.toUpperCase()} `],
    ['a unique prefix', () => traceId.slice(0, 8)],
    ['a traceparent header', () => `traceparent: 00-${traceId}-${spanId}-01`],
    ['a part of the root name', () => 'checkout'],
  ] as const)
    it(`open a trace by ${what}`, () => lookUp(text()));

  it('open a trace by a span id, at that span', async () => {
    await lookUp(spanId);
    const row = webviewFrame(window.page).getByRole('row', { name: /chargeCard/ });
    assert.equal(await row.getAttribute('aria-selected'), 'true');
  });

  it('say what was looked for when no trace matches', async () => {
    await runCommand(window.page, 'Causeway: Open Trace…');
    await quickInput(window.page).fill('ffffffffffffffffffffffffffffffff');
    await quickOption(window.page, /No stored trace matches/).waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('copy the OTLP environment of the ports that are in use', async () => {
    await runCommand(window.page, 'Causeway: Copy OTLP Environment');
    await quickOption(window.page, /^Shell/).click();
    const text = await eventually(
      () => window.page.evaluate(() => navigator.clipboard.readText()),
      now => now.startsWith('export'),
      { what: 'the variables in the clipboard' },
    );
    assert.ok(
      text.includes(`OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:${new URL(window.otlpHttp).port}\n`),
    );
  });

  it('show the log', async () => {
    await runCommand(window.page, 'Causeway: Show Collector Log');
    const channel = window.page.locator('.part.panel select').first();
    await eventually(
      () =>
        channel.evaluate(select =>
          select instanceof HTMLSelectElement ? select.selectedOptions[0]?.text : '',
        ),
      text => text === 'Causeway',
      { what: 'the output channel' },
    );
  });

  it('restart the collector and keep what is stored', async () => {
    await runCommand(window.page, 'Causeway: Restart Collector');
    await treeRow(window.page, failedCheckout).waitFor({ timeout: 30_000 });
    await shop?.visitOnce('product-list');
    await treeRow(window.page, /^GET \/products/).waitFor({ timeout: 30_000 });
  });

  it('clear the traces, after asking', async () => {
    await runCommand(window.page, 'Causeway: Clear Traces…');
    const dialog = window.page.getByRole('dialog');
    await dialog.getByText(/cannot be undone/).waitFor();
    await dialog.getByRole('button', { name: 'Clear' }).click();
    await treeRow(window.page, failedCheckout).waitFor({ state: 'detached', timeout: 10_000 });
  });
});

describe('a port that somebody else uses', function () {
  this.timeout(120_000);
  let holder: Server;
  let window: Workbench;

  before(async () => {
    holder = createServer((_request, response) => response.end('not a collector'));
    await new Promise<void>(resolve => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    window = await openWorkbench({
      workspace: 'examples/shop',
      settings: { 'causeway.collector.httpPort': port },
    });
  });
  after(async () => {
    await window.close();
    holder.close();
  });

  it('is named in a message that offers the next free one, and taking it brings the receiver up', async () => {
    const { page } = window;
    const { port } = holder.address() as AddressInfo;
    await eventually(
      () => page.locator('.part.statusbar').innerText(),
      text => /:\d+ · 0/.test(text),
      { timeout: 30_000, what: 'the gRPC port in the status bar' },
    );
    // A driven workbench keeps messages in the notification centre.
    await runCommand(page, 'Notifications: Show Notifications');
    const centre = page.locator('.notifications-center');
    await centre.getByText(new RegExp(`Port ${port} is taken by node`)).waitFor({ timeout: 30_000 });
    await centre.getByRole('button', { name: /^Use Port \d+/ }).click();
    const { http } = await eventually(
      async () => ({ http: /:(\d+) · 0/.exec(await page.locator('.part.statusbar').innerText())?.[1] }),
      ({ http }) => http !== undefined && http !== new URL(window.otlpGrpc).port,
      { timeout: 20_000, what: 'the new HTTP port in the status bar' },
    );
    const answer = await fetch(`http://127.0.0.1:${http ?? ''}/v1/traces`);
    assert.equal(answer.status, 405, 'the collector answers there');
  });
});

function quickOption(page: Page, name: RegExp) {
  return page.locator('.quick-input-list').getByRole('option', { name }).first();
}
